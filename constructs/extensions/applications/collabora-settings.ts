/** Where the office is. */
export interface OfficeSite {
  /** Path that leads to it. */
  readonly path: string;

  /** Host and port that users reach the platform at. */
  readonly server: string;
}

/** Who may send files: pods, and the gateway beside it. Regular expressions. */
const SENDERS = [
  '127\\.0\\.0\\.1',
  '10(\\.\\d{1,3}){3}',
  '172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}',
  '192\\.168(\\.\\d{1,3}){2}',
];

/** `coolwsd.xml` (Collabora Online 23.05), as far as it differs from what the program takes by itself. */
export function officeSettings({ path, server }: OfficeSite): string {
  return `<config>
  <server_name>${server}</server_name>
  <net>
    <proto>all</proto>
    <listen>any</listen>
    <service_root>${path}</service_root>
    <post_allow allow="true">
${SENDERS.map((sender) => `      <host>(::ffff:)?${sender}</host>`).join('\n')}
    </post_allow>
  </net>
  <ssl>
    <enable>false</enable>
    <termination>true</termination>
  </ssl>
  <storage>
    <filesystem allow="false"/>
    <wopi allow="true">
      <alias_groups mode="first"/>
    </wopi>
  </storage>
  <logging>
    <level>warning</level>
    <level_startup>warning</level_startup>
  </logging>
  <admin_console>
    <enable>true</enable>
  </admin_console>
</config>
`;
}
