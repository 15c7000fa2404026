/** Rewrites a fixture to what is reported now. The diff is reviewed by whoever runs it. */
import { rmSync, writeFileSync } from 'node:fs';
import type { AnyRule } from '../../server/src/rules/rule.js';
import { fixAll, visible } from './fixture-checks.js';
import { analyseAs, createdName, type Fixture, wholeText } from './fixtures.js';
import { markersOf } from './marker-report.js';
import { writeMarkers } from './markers.js';

/**
 * Writes the marked text, the fixed text and created files; returns the fixture as it is then. Where a rule crashes
 * nothing is written: what is missing then is no new behaviour.
 */
export function updateFixture(fixture: Fixture, rules: readonly AnyRule[]): Fixture {
  const analysis = analyseAs(fixture, rules, fixture.text);
  const markers = markersOf(visible(analysis), analysis.document.source);
  if (analysis.crashes.length > 0) return fixture;
  writeFileSync(fixture.path, writeMarkers(fixture.text, markers));
  const result = fixAll(fixture, rules);
  const fixed = result.text === fixture.text ? undefined : result.text;
  if (fixed !== undefined) writeFileSync(fixture.fixedPath, fixed);
  else if (fixture.fixed !== undefined) rmSync(fixture.fixedPath);
  const created = new Map(fixture.created);
  for (const file of result.creates) {
    const path = createdName(fixture, file.path);
    writeFileSync(path, wholeText(file));
    created.set(path.slice(fixture.folder.length + 1), wholeText(file));
  }
  return { ...fixture, markers, fixed, created };
}
