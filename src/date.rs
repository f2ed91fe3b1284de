//! The day of an article.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A day of the Gregorian calendar, written as ISO 8601 has it: 2026-03-05.
///
/// ```
/// use mingzhu::Date;
///
/// let day: Date = "2026-03-05T09:30:00+08:00".parse()?;
/// assert_eq!(day.to_string(), "2026-03-05");
/// assert_eq!("2026-02-30".parse::<Date>().unwrap_err().code(), "DATE_INVALID");
/// # Ok::<(), mingzhu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(u32);

impl Date {
    /// The day of a number such as 20260305.
    pub fn from_number(number: u32) -> Option<Self> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Date(number))
    }

    /// The number of [`Date::from_number`].
    pub fn number(self) -> u32 {
        self.0
    }
}

impl FromStr for Date {
    type Err = Error;

    /// The day as it is written; a time behind it does not move it.
    fn from_str(written: &str) -> Result<Self, Error> {
        let digits = |from: usize, to: usize| {
            let part = written.get(from..to)?;
            if part.bytes().all(|b| b.is_ascii_digit()) { part.parse::<u32>().ok() } else { None }
        };
        let number = || Some(digits(0, 4)? * 10_000 + digits(5, 7)? * 100 + digits(8, 10)?);
        let marks = written.get(4..5) == Some("-") && written.get(7..8) == Some("-");
        let ends = written.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with('T'));
        let date = number().filter(|_| marks && ends).and_then(Date::from_number);
        date.ok_or_else(|| Error::DateInvalid { found: written.to_owned() })
    }
}

impl TryFrom<String> for Date {
    type Error = Error;

    fn try_from(written: String) -> Result<Self, Error> {
        written.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_there_are() {
        let number = |written: &str| written.parse().ok().map(Date::number);
        assert_eq!(number("2026-03-05"), Some(20_260_305));
        assert_eq!(number("2024-02-29"), Some(20_240_229));
        assert_eq!(number("2024-02-29T08:00Z"), Some(20_240_229));
        for wrong in [
            "",
            "2026",
            "2026-3-5",
            "2026-03-05 8:00",
            "2026/03/05",
            "2025-02-29",
            "2026-13-01",
            "0000-01-01",
            "二〇二六年三月",
        ] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
