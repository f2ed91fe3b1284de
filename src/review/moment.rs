//! When something was decided.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ReviewError;
use crate::date::Date;

/// In milliseconds.
pub(super) const DAY: i64 = 86_400_000;

/// The first and the last moment that can be written: of the years 1 and 9999.
const FIRST: i64 = -719_162 * DAY;
const LAST: i64 = 2_932_897 * DAY - 1;

/// A moment in UTC, to the millisecond, written as RFC 3339 has it.
///
/// ```
/// use mingzhu::review::Moment;
///
/// let moment: Moment = "2026-11-24T13:30:00.5+08:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-11-24T05:30:00.500Z");
/// assert_eq!("yesterday".parse::<Moment>().unwrap_err().code(), "TIME_INVALID");
/// # Ok::<(), mingzhu::review::ReviewError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(i64);

impl Moment {
    /// So many milliseconds after the beginning of 1970; what no date can say is the first or the last that one can.
    pub fn from_millis(millis: i64) -> Self {
        Moment(millis.clamp(FIRST, LAST))
    }

    /// The moment so many milliseconds later, or the last there is.
    pub(super) fn later(self, millis: i64) -> Self {
        Moment::from_millis(self.0.saturating_add(millis))
    }
}

impl FromStr for Moment {
    type Err = ReviewError;

    fn from_str(written: &str) -> Result<Self, ReviewError> {
        read(written).ok_or_else(|| ReviewError::TimeInvalid { found: written.to_owned() })
    }
}

fn read(written: &str) -> Option<Moment> {
    let date: Date = written.get(..10)?.parse().ok()?;
    let (time, zone) = written.get(10..)?.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let mut parts = time.split(':').map(number);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    // A leap second is the last one of its minute.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let second = second.min(59);
    let digits = zone.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let (fraction, zone) = if digits > 0 { zone.split_at(1 + digits) } else { ("", zone) };
    let mut millis = 0;
    for at in 1..=3 {
        millis = 10 * millis + fraction.as_bytes().get(at).map_or(0, |digit| i64::from(digit - b'0'));
    }
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let sign = if zone.starts_with('+') { 1 } else { -1 };
            let (hours, minutes) = zone.strip_prefix(['+', '-'])?.split_once(':')?;
            sign * (60 * number(hours).filter(|hours| *hours < 24)?
                + number(minutes).filter(|minutes| *minutes < 60)?)
        }
    };
    let minutes = 60 * hour + minute - offset;
    let millis = days(date) * DAY + 60_000 * minutes + 1000 * second + millis;
    // Its zone may put it into a year that cannot be written.
    (FIRST..=LAST).contains(&millis).then_some(Moment(millis))
}

/// Two digits.
fn number(digits: &str) -> Option<i64> {
    let fine = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    if fine { digits.parse().ok() } else { None }
}

/// Days since 1970, by the civil calendar counted from March (H. Hinnant, *chrono-compatible low-level date algorithms*).
fn days(date: Date) -> i64 {
    let number = i64::from(date.number());
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let year = if month <= 2 { year - 1 } else { year };
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0.div_euclid(DAY) + 719_468, self.0.rem_euclid(DAY));
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + 400 * era + i64::from(month <= 2);
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
        let (second, millis) = (rest / 1000 % 60, rest % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    }
}

impl TryFrom<String> for Moment {
    type Error = ReviewError;

    fn try_from(written: String) -> Result<Self, ReviewError> {
        written.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}
