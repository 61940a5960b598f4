// Calendar arithmetic in any time zone: what a clock on the wall there shows, and where buckets begin.

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const clocks = new Map();
const offsets = new Map();

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
  if (zone === 'UTC' || Number.isNaN(at)) return at;
  // To look at the clock takes long: it goes evenly on a day that begins and ends with the same offset.
  const day = Math.floor(at / DAY);
  const offset = offsetAtStart(day, zone);
  return at + (offset === offsetAtStart(day + 1, zone) ? offset : offsetAt(at, zone));
}

function offsetAtStart(day, zone) {
  const key = `${day} ${zone}`;
  if (!offsets.has(key)) offsets.set(key, offsetAt(day * DAY, zone));
  return offsets.get(key);
}

function offsetAt(at, zone) {
  const part = Object.fromEntries(clock(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - whole(at, 1000);
}

/**
 * The instant at which the clock there shows a time. Shown twice, it is the one with the offset that is given, else the
 * earlier one; never shown because clocks were put forward, it is later by as much.
 */
export function instant(shown, zone, offset = NaN) {
  if (wall(shown - offset, zone) === shown) return shown - offset;
  const early = shown - (wall(shown - DAY, zone) - (shown - DAY));
  const other = shown - (wall(early, zone) - early);
  return wall(early, zone) !== shown && wall(other, zone) === shown ? other : early;
}

const whole = (at, length) => at - (((at % length) + length) % length);

/** The start of the bucket that holds an instant; hours, too, are those of the clock there. */
export function floor(at, grain, zone) {
  if (grain === 'minute') return whole(at, MINUTE);
  const shown = wall(at, zone);
  if (grain === 'hour') return whole(instant(whole(shown, HOUR), zone, shown - at), MINUTE);
  const day = new Date(whole(shown, DAY));
  if (grain === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  if (grain === 'month') day.setUTCDate(1);
  return whole(instant(day.getTime(), zone), MINUTE);
}

/** The start of the bucket after the one that begins at an instant. */
export function next(at, grain, zone) {
  if (grain === 'minute') return at + MINUTE;
  if (grain === 'hour') return nextHour(at, zone);
  // Some offsets of long ago have seconds: the day begins within the minute.
  const day = new Date(whole(wall(at + MINUTE - 1, zone), DAY));
  if (grain === 'day') day.setUTCDate(day.getUTCDate() + 1);
  if (grain === 'week') day.setUTCDate(day.getUTCDate() + 7);
  if (grain === 'month') day.setUTCMonth(day.getUTCMonth() + 1, 1);
  return whole(instant(day.getTime(), zone), MINUTE);
}

/** Where clocks are put back by half an hour, an hour of the clock lasts longer than one. */
function nextHour(start, zone) {
  let later = start + HOUR;
  while (floor(later, 'hour', zone) <= start) later += HOUR;
  return floor(later, 'hour', zone);
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
