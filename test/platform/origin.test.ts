import { originUrl } from '../../constructs/platform/origin';

test.each([
  [443, 'https://pacs.example.org'],
  [8443, 'https://pacs.example.org:8443'],
])('with port %i users reach the platform at %s', (httpsPort, url) => {
  expect(originUrl({ domain: 'pacs.example.org', httpsPort })).toBe(url);
});
