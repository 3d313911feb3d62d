import { ldif } from '../../constructs/store/ldif';

test('a record is added with all values of its attributes', () => {
  expect(ldif([{ dn: 'cn=rule,dc=org', attributes: { objectClass: ['rule'], dcmProperty: ['a=1', 'b=2'] } }])).toBe(
    'version: 1\n\ndn: cn=rule,dc=org\nchangetype: add\nobjectClass: rule\ndcmProperty: a=1\ndcmProperty: b=2\n',
  );
});

test('a change adds to what is there, and replaces it', () => {
  expect(ldif([{ dn: 'cn=device', add: { p: ['1', '2'] }, replace: { q: ['3'], r: ['4'] } }])).toBe(
    'version: 1\n\ndn: cn=device\nchangetype: modify\nadd: p\np: 1\np: 2\n-\nreplace: q\nq: 3\n-\nreplace: r\nr: 4\n-\n',
  );
});

test.each([' a', 'a ', ':a', '<a', 'a\nb', 'Köln'])('a value that cannot stand as it is, is encoded: %j', (value) => {
  const text = ldif([{ dn: 'cn=x', add: { p: [value] } }]);
  expect(text).toContain(`\np:: ${Buffer.from(value, 'utf8').toString('base64')}\n`);
});

test('records are kept apart by an empty line', () => {
  const text = ldif([
    { dn: 'cn=a', add: { p: ['1'] } },
    { dn: 'cn=b', replace: { p: ['1'] } },
  ]);
  expect(text.split('\n\n').map((record) => record.split('\n')[0])).toEqual(['version: 1', 'dn: cn=a', 'dn: cn=b']);
});
