/**
 * How values come back from PostgreSQL, by type OID: one table for both adapters, so that both give the same.
 * date stays text, because a Date would shift it by the time zone of the machine.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number, // int8
  700: Number, // float4
  701: Number, // float8
  1082: (text) => text, // date
  1114: (text) => text, // timestamp without time zone
  1184: (text) => parseInstant(text), // timestamptz
  1186: (text) => text, // interval
  1700: Number, // numeric
};

/** Text of a timestamptz in a UTC session: '2026-07-01 10:00:00.123+00'. */
function parseInstant(text: string): Date {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}
