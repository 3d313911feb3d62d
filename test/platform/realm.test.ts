import { externalAddress } from '../../constructs/kube';
import { CLIENT_ID, REALM_DESCRIPTION, realmDescription } from '../../constructs/platform/realm';

test('the realm is described at the identity provider, wherever that is', () => {
  expect(realmDescription(externalAddress('http://keycloak.adm2.svc'))).toBe(
    `http://keycloak.adm2.svc:80${REALM_DESCRIPTION}`,
  );
  expect(realmDescription(externalAddress('https://login.example.org/ignored'))).toBe(
    `https://login.example.org:443${REALM_DESCRIPTION}`,
  );
  expect(REALM_DESCRIPTION).toContain(`/realms/${CLIENT_ID}/`);
});
