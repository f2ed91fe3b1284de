//! Lines of JSON in, lines of JSON out.

use crate::error::{Error, LineError, Outcome};
use crate::input::{self, Input};
use crate::lines::{LINE_LIMIT, Lines};
use crate::pipeline::{self, Done, Event};
use crate::progress;
use crate::record::{Body, Request, Response};
use mingzhu::OffsetUnit;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Offsets {
    /// Unicode code points, as Python counts.
    CodePoints,
    /// UTF-16 code units, as JavaScript counts.
    Utf16,
    /// UTF-8 bytes, as Rust counts.
    Bytes,
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::CodePoints => OffsetUnit::CodePoints,
            Offsets::Utf16 => OffsetUnit::Utf16,
            Offsets::Bytes => OffsetUnit::Bytes,
        }
    }
}

/// Answers every line of the inputs, in order; bad ones are named on stderr.
pub fn run(
    named: &[PathBuf],
    find: impl Fn(&str) -> Result<Body, mingzhu::Error> + Sync,
) -> Result<Outcome, Error> {
    let mut outcome = Outcome::Complete;
    let mut output = io::BufWriter::new(io::stdout().lock());
    for path in input::paths(named) {
        match Input::open(&path) {
            Ok(input) => {
                if run_input(input, &find, &mut output)? == Outcome::SomeBad {
                    outcome = Outcome::SomeBad;
                }
            }
            Err(error) => {
                eprintln!("error: {error}");
                outcome = Outcome::SomeBad;
            }
        }
    }
    output.flush().map_err(Error::Output)?;
    Ok(outcome)
}

fn run_input(
    input: Input,
    find: impl Fn(&str) -> Result<Body, mingzhu::Error> + Sync,
    output: &mut impl io::Write,
) -> Result<Outcome, Error> {
    let (name, bar) = (input.name.clone(), progress::bar(input.size));
    let (mut good, mut bad) = (0_u64, 0_u64);
    let work = |line: &[u8]| -> Result<Vec<u8>, LineError> {
        let Request { id, text } = serde_json::from_slice(line)?;
        let body = find(&text)?;
        Ok(serde_json::to_vec(&Response { id, body })?)
    };
    let emit = |event: Event<Vec<u8>>| match event {
        Event::Idle => output.flush(),
        Event::Done(Done { number, size, result }) => {
            bar.inc(size);
            match result {
                Ok(line) => {
                    good += 1;
                    bar.set_message(good.to_string());
                    output.write_all(&line)?;
                    output.write_all(b"\n")
                }
                Err(error) => {
                    bad += 1;
                    bar.suspend(|| eprintln!("{name}:{number}: {error}"));
                    Ok(())
                }
            }
        }
    };
    let lines = Lines::new(input.into_reader(), LINE_LIMIT);
    let read = pipeline::run(lines, work, emit).map_err(Error::Output)?;
    bar.finish_and_clear();
    if let Err(error) = &read {
        eprintln!("{name}: {error}");
    }
    if bad > 0 {
        eprintln!("{name}: {bad} of {} lines were bad", good + bad);
    }
    Ok(if bad == 0 && read.is_ok() { Outcome::Complete } else { Outcome::SomeBad })
}
