/**
 * Property tests draw the same cases in every run, so that a change is judged by itself. `FUZZ=1 npm run test:fast`
 * draws new ones; what it finds becomes a case of its own.
 */
import fc from 'fast-check';

if (process.env.FUZZ === undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124 });
