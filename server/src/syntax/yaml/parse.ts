// interim port of the prototype
import * as jsyaml from 'js-yaml';
import type { YamlTree } from './tree.js';

/* eslint-disable */
const { parseEvents, getScalarValue, EVENT_ID: E } = jsyaml as any;
const STYLES = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];
function skipGap(s: string, i: number) { for (;;) { const c = s.charCodeAt(i); if (c === 32 || c === 9 || c === 10 || c === 13 || c === 44) i++; else if (c === 35) { while (i < s.length && s.charCodeAt(i) !== 10) i++; } else return i; } }
function emptyAt(s: string, last: number) { let i = last; while (i < s.length && ' \t"\''.includes(s[i]!)) i++; return s[i] === ':' || s[i] === '-' ? i + 1 : last; }
function build(s: string, events: any[]) {
  const docs: any[] = [], stack: any[] = [], anchors = new Map<string, any>(); let last = 0;
  const add = (node: any) => { const top = stack.at(-1); if (!top) return; if (node.anchor) anchors.set(node.anchor.name, node); if (top.kind === 'doc') top.root = node; else if (top.kind === 'seq') top.items.push(node); else if (top.key) { top.pairs.push({ key: top.key, value: node, span: { start: top.key.span.start, end: node.span.end } }); top.key = null; } else top.key = node; };
  for (const e of events) {
    const tag = e.tagStart >= 0 ? { name: s.slice(e.tagStart, e.tagEnd), span: { start: e.tagStart, end: e.tagEnd } } : undefined;
    const anchor = e.anchorStart >= 0 ? { name: s.slice(e.anchorStart, e.anchorEnd), span: { start: e.anchorStart - 1, end: e.anchorEnd } } : undefined;
    const props = Math.min(tag ? e.tagStart : Infinity, anchor ? e.anchorStart - 1 : Infinity);
    const extra = { ...(tag && { tag }), ...(anchor && { anchor }) };
    switch (e.type) {
      case E.DOCUMENT: { anchors.clear(); const d = { kind: 'doc', root: undefined, span: { start: last, end: last } }; docs.push(d); stack.push(d); break; }
      case E.SEQUENCE: case E.MAPPING: { const n = { kind: e.type === E.MAPPING ? 'map' : 'seq', flow: e.style === 2, span: { start: e.start, end: e.start }, full: { start: Math.min(e.start, props), end: e.start }, ...extra, ...(e.type === E.MAPPING ? { pairs: [], key: null } : { items: [], dashes: [] }) }; add(n); stack.push(n); last = Math.max(last, e.start + (n.flow ? 1 : 0)); break; }
      case E.SCALAR: {
        const q = e.style === 2 || e.style === 3 ? 1 : 0; const n: any = { kind: 'scalar', style: STYLES[e.style], ...extra, value: getScalarValue(s, e) ?? '', empty: e.valueStart < 0 }; let a, b;
        if (e.valueStart < 0) { const at = Math.max(e.tagEnd, e.anchorEnd, -1); a = b = at >= 0 ? at : emptyAt(s, last); n.style = 'plain'; n.value = ''; }
        else if (e.style >= 4) { let h = Math.max(last, e.tagEnd, e.anchorEnd); while (s[h] !== '|' && s[h] !== '>') h++; a = h; b = e.valueEnd; }
        else { a = e.valueStart - q; b = e.valueEnd + q; }
        n.span = { start: a, end: b }; n.full = { start: Math.min(a, props), end: b }; last = Math.max(last, b); add(n); break; }
      case E.ALIAS: { const at = { start: e.anchorStart - 1, end: e.anchorEnd }; const n = { kind: 'alias', span: at, full: at, name: anchor!.name, target: anchors.get(anchor!.name) }; last = at.end; const keep = n as any; delete keep.anchor; add(n); break; }
      case E.POP: { const n = stack.pop(); if (n.kind === 'doc') { n.span.end = last; break; } if (n.flow) { let i = skipGap(s, last); if (s[i] === ':') i = skipGap(s, i + 1); if (s[i] === ']' || s[i] === '}') i++; n.span.end = last = i; } else n.span.end = Math.max(n.span.start, last); n.full.end = n.span.end; if (n.kind === 'seq' && !n.flow) n.dashes = n.items.map((it: any) => { let k = it.full.start - 1; while (k > 0 && s[k] !== '-') k--; return { start: k, end: k + 1 }; }); const p = stack.at(-1); if (p?.kind === 'map') { const pr = p.pairs.at(-1); if (pr?.value === n) pr.span.end = n.span.end; } break; }
    }
  }
  return docs;
}
export function parseYaml(source: string): YamlTree {
  let s = source; const problems: any[] = [];
  for (let k = 0; k < 12; k++) {
    try { const documents = build(s, parseEvents(s, {})); const comments: any[] = []; for (const m of s.matchAll(/(?<=^|\s)#[^\n\r]*/gm)) comments.push({ span: { start: m.index, end: m.index + m[0].length } }); return { documents, comments, problems, complete: true }; }
    catch (err: any) { if (!err?.mark) throw err; const at = Math.min(err.mark.position, s.length); problems.push({ at: { start: Math.max(0, at - 1), end: at }, message: err.reason }); let st = s.lastIndexOf('\n', at - 1) + 1; let en = s.indexOf('\n', at); if (en < 0) en = s.length; s = s.slice(0, st) + ' '.repeat(en - st) + s.slice(en); }
  }
  return { documents: [], comments: [], problems, complete: false };
}
