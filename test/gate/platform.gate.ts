import * as fs from 'node:fs';
import { podFindings } from './checks/pods';
import { CATALOGUE } from './images/catalogue';
import { Gate } from './support/gate';
import { livePods } from './support/pods';
import { durations, expectReport } from './support/report';
import { worlds } from './support/worlds';
import { placesOf, programOf } from './witness/places';

const gate = new Gate();

test('every pod is ready, and every job complete', () => {
  const pods = livePods();
  const running = pods.filter(({ ready, fromJob }) => ready && !fromJob);
  const jobs = new Set(pods.filter(({ fromJob }) => fromJob).map(({ workload }) => workload));
  expect(podFindings()).toEqual([]);
  expect(running.length).toBeGreaterThan(80);
  expect(jobs.size).toBeGreaterThan(20);

  const images = new Set(placesOf(worlds(gate.site).second).map(({ image }) => programOf(image)));
  const real = [...images].filter((image) => CATALOGUE[image] !== undefined).sort();
  expectReport(
    'What runs',
    [
      `${running.length} pods are ready and ${jobs.size} jobs complete. Of ${images.size} images, ${real.length} run a real program; `,
      'the others run the witness (test/gate/witness), which makes the connections of the program that it stands for.\n\n',
      ...real.map((image) => `- \`${image}\`: ${CATALOGUE[image]?.program}\n`),
    ].join(''),
    varying(durations()),
  );
});

/** What is another thing on each machine. */
function varying(took: Readonly<Record<string, number>>): string {
  const steps = Object.entries(took).map(([step, seconds]) => `${step} ${seconds} s`);
  return `Until all of it ran: ${steps.join(', ')}. ${nfs(fs.readFileSync('/proc/filesystems', 'utf8'))}`;
}

function nfs(fileSystems: string): string {
  return /\bnfs4?$/m.test(fileSystems)
    ? 'All volumes were hostPath volumes: those by NFS are not judged.'
    : 'All volumes were hostPath volumes: the kernel had no NFS.';
}
