//! Whole files in, text for people out.

use crate::error::{Error, FileError, Outcome};
use crate::input::{self, Input};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Reads the files one by one, finds what there is in each and writes it to stdout; bad
/// files are named on stderr.
pub fn run<T>(
    named: &[PathBuf],
    find: impl Fn(&str) -> Result<T, mingzhu::Error>,
    write: impl Fn(&mut dyn Write, &str, &T) -> io::Result<()>,
) -> Result<Outcome, Error> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::Complete;
    for path in input::paths(named) {
        match read(&path, &find) {
            Ok((text, found)) => {
                if named.len() > 1 {
                    writeln!(output, "==> {} <==", path.display()).map_err(Error::Output)?;
                }
                write(&mut output, &text, &found).map_err(Error::Output)?;
            }
            Err(error) => {
                output.flush().map_err(Error::Output)?;
                eprintln!("error: {error}");
                outcome = Outcome::SomeBad;
            }
        }
    }
    output.flush().map_err(Error::Output)?;
    Ok(outcome)
}

fn read<T>(path: &Path, find: impl Fn(&str) -> Result<T, mingzhu::Error>) -> Result<(String, T), FileError> {
    let input = Input::open(path)?;
    let name = input.name.clone();
    let text = input.text()?;
    match find(&text) {
        Ok(found) => Ok((text, found)),
        Err(source) => Err(FileError::Library { name, source }),
    }
}
