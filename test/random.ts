import fc from 'fast-check';

// The same cases in each run, so that what fails is what was changed; KAAPANA_SEED=<number> tries others.
fc.configureGlobal({ seed: Number(process.env['KAAPANA_SEED'] ?? 20_261_121) });

export default fc;
