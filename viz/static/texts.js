// The words of the page: sentences from the catalogue, labels from the vocabularies, numbers and dates.
import { dataBlock } from "./dom.js";

export const page = dataBlock("page");
const sentences = dataBlock("texts");
const vocabularies = dataBlock("words");
const locale = page.lang === "zh" ? "zh-CN" : "en-GB";

const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

/** A sentence in the page's language; the English one is its key. */
export const t = (english, values = {}) => fill(sentences[english] ?? english, values);

/** A sentence that depends on a count, which fills `{count}`. */
export function tn(one, many, count, values = {}) {
  const english = count === 1 ? one : many;
  return fill(sentences[english] ?? english, { count: number(count), ...values });
}

/** The label of a value of a closed vocabulary. */
export const word = (vocabulary, value) => vocabularies[vocabulary]?.[String(value)] ?? String(value);

/** The label of a kind of record, of a node or of a tie. */
export const kindWord = (kind) => vocabularies.node[kind] ?? word("edge", kind);

const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const fineShare = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** Minus as a sign of its own: a hyphen is shorter than a plus and breaks off at the end of a line. */
const withMinus = (text) => text.replace("-", "−");

export const number = (value) => withMinus(plain.format(value));
export const points = (value) => withMinus(signed.format(value));
/** One decimal below a tenth, and near 1, which nothing else is said to be. */
export const percent = (value) => (value > 0.99 && value < 1 ? fineShare.format(Math.min(value, 0.999)) : (value > 0 && value < 0.1 ? fineShare : share).format(value));
export const whole = (value) => number(Math.round(value));

/** A date (`2026-11-21` or a time) as people write it; empty for none. */
export const date = (iso) => (iso ? day.format(new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso)) : "");

export const compare = new Intl.Collator(locale, { numeric: true }).compare;
export const separator = page.lang === "zh" ? "、" : ", ";
export const colon = page.lang === "zh" ? "：" : ": ";
export const semicolon = page.lang === "zh" ? "；" : "; ";
