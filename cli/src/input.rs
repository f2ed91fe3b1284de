//! Texts and lines from files or stdin.

use crate::error::FileError;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One named source of bytes.
pub struct Input {
    /// What messages call it.
    pub name: String,
    /// Its size, where that is known beforehand.
    pub size: Option<u64>,
    reader: Box<dyn BufRead + Send>,
}

impl Input {
    /// Opens a file, or stdin for `-`.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        if path == Path::new("-") {
            let reader = Box::new(BufReader::with_capacity(1 << 16, io::stdin()));
            return Ok(Input { name: "stdin".into(), size: None, reader });
        }
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => {
                let size = file.metadata().ok().filter(|data| data.is_file()).map(|data| data.len());
                Ok(Input { name, size, reader: Box::new(BufReader::with_capacity(1 << 16, file)) })
            }
            Err(source) => Err(FileError::Read { name, source }),
        }
    }

    /// Reads the rest as text, without a byte order mark.
    pub fn text(mut self) -> Result<String, FileError> {
        let name = self.name;
        let mut bytes = Vec::new();
        if let Err(source) = self.reader.read_to_end(&mut bytes) {
            return Err(FileError::Read { name, source });
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes)
            .map_err(|error| FileError::NotUtf8 { name, byte: error.utf8_error().valid_up_to() })
    }

    /// The bytes, for reading by lines.
    pub fn into_reader(self) -> Box<dyn BufRead + Send> {
        self.reader
    }
}

/// The paths to read: stdin when none is named.
pub fn paths(named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { vec!["-".into()] } else { named.to_vec() }
}
