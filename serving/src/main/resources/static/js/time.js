// Calendar arithmetic in any time zone: what a clock on the wall there shows, and where buckets begin.

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const clocks = new Map();

function clock(zone) {
  if (!clocks.has(zone)) {
    clocks.set(zone, new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    }));
  }
  return clocks.get(zone);
}

export function isZone(zone) {
  try {
    return Boolean(clock(zone));
  } catch {
    return false;
  }
}

/** What the clock there shows, as if it were UTC. */
export function wall(at, zone) {
  if (zone === 'UTC') return at;
  const part = Object.fromEntries(clock(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) + (((at % 1000) + 1000) % 1000);
}

/** The instant at which the clock there shows a time; the earlier one when it is shown twice. */
export function instant(shown, zone) {
  const early = shown - (wall(shown - DAY, zone) - (shown - DAY));
  if (wall(early, zone) === shown) return early;
  return shown - (wall(early, zone) - early);
}

/** The start of the bucket that holds an instant. */
export function floor(at, grain, zone) {
  if (grain === 'minute') return at - (((at % MINUTE) + MINUTE) % MINUTE);
  if (grain === 'hour') return at - (((at % HOUR) + HOUR) % HOUR);
  const day = new Date(wall(at, zone));
  day.setUTCHours(0, 0, 0, 0);
  if (grain === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  if (grain === 'month') day.setUTCDate(1);
  return instant(day.getTime(), zone);
}

/** The start of the bucket after the one that begins at an instant. */
export function next(at, grain, zone) {
  if (grain === 'minute') return at + MINUTE;
  if (grain === 'hour') return at + HOUR;
  const day = new Date(wall(at, zone));
  if (grain === 'day') day.setUTCDate(day.getUTCDate() + 1);
  if (grain === 'week') day.setUTCDate(day.getUTCDate() + 7);
  if (grain === 'month') day.setUTCMonth(day.getUTCMonth() + 1, 1);
  return instant(day.getTime(), zone);
}

/** The starts of all buckets of a range. */
export function buckets(from, to, grain, zone, most = 20_000) {
  const starts = [];
  for (let at = floor(from, grain, zone); at < to && starts.length < most; at = next(at, grain, zone)) starts.push(at);
  return starts;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** 2026-03-01 10:05 in that zone. */
export function time(at, zone = 'UTC') {
  return at === null || at === undefined ? '–' : new Date(wall(new Date(at).getTime(), zone)).toISOString().slice(0, 16).replace('T', ' ');
}

/** 2026-03-01T10:05, as an input for local times wants it. */
export const local = (at, zone) => time(at, zone).replace(' ', 'T');

/** A bucket as the head of a tooltip names it. */
export function bucketName(at, grain, zone) {
  const text = time(at, zone);
  if (grain === 'month') return text.slice(0, 7);
  const weekday = WEEKDAYS[new Date(wall(at, zone)).getUTCDay()];
  if (grain === 'week') return `week of ${text.slice(0, 10)}`;
  return `${weekday} ${grain === 'day' ? text.slice(0, 10) : text}`;
}

/** A bucket as an axis names it: the time, or the day where one begins. */
export function axisName(at, grain, zone) {
  const day = new Date(wall(at, zone));
  const date = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
  if (grain === 'month') return `${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  if (grain === 'week' || grain === 'day') return date;
  const hours = day.toISOString().slice(11, 16);
  return hours === '00:00' ? date : hours;
}

/** Which of the buckets an axis of that many labels names: those at round times. */
export function axisTicks(starts, grain, zone, most) {
  const steps = {
    minute: [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080],
    hour: [60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 43200],
    day: [1440, 2880, 5760, 10080, 20160, 43200],
  }[grain];
  if (!steps) {
    const every = Math.ceil(starts.length / most);
    return new Set(starts.filter((_, i) => i % every === 0));
  }
  const span = (starts[starts.length - 1] - starts[0]) / MINUTE;
  const step = (steps.find((minutes) => span / minutes <= most) || steps[steps.length - 1]) * MINUTE;
  return new Set(starts.filter((at) => wall(at, zone) % step === 0));
}
