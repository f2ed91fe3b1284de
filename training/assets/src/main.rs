//! Makes the dictionary and gazetteer assets, the features the model is trained on, and the
//! correction of its scores.

mod calibrate;
mod confusables;
mod dictionary;
mod features;
mod gazetteer;
mod reliability;

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use thiserror::Error;

/// What can stop the making of an asset.
#[derive(Debug, Error)]
enum Error {
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: std::io::Error },
    #[error("{path}:{line}: {detail}")]
    Line { path: PathBuf, line: usize, detail: String },
    #[error(transparent)]
    Asset(#[from] mingzhu::Error),
    #[error("jieba-rs and its dictionary are not where cargo says: {0}")]
    Jieba(String),
}

type Result<T> = std::result::Result<T, Error>;

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Trims jieba's dictionary into `dictionary.mz`.
    Dictionary {
        /// Words rarer than this are left out.
        #[arg(long, default_value_t = dictionary::MIN_FREQUENCY)]
        min_frequency: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// How well words of trimmed dictionaries fit the names of a labelled corpus.
    DictionaryReport {
        /// A labelled file: `{"text", "entities": [[start, end, type], …]}` lines, gzipped.
        #[arg(long)]
        corpus: PathBuf,
    },
    /// Packs the gazetteer tables into `gazetteer.mz`.
    Gazetteer {
        /// The folder with the tables.
        #[arg(long)]
        tables: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Packs the divisions below counties into `townships.mz`.
    Townships {
        /// The folder with the tables.
        #[arg(long)]
        tables: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Packs how characters sound and look into `confusables.mz`.
    Confusables {
        /// The folder with the files of the Unihan database (`Unihan_*.txt`), unpacked.
        #[arg(long)]
        unihan: PathBuf,
        /// Whose names are known to be alike.
        #[arg(long, default_value = "assets/gazetteer.mz")]
        gazetteer: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Fits how a model's scores are corrected, and prints how reliable they are.
    Calibrate {
        #[arg(long, default_value = "assets/dictionary.mz")]
        dictionary: PathBuf,
        #[arg(long, default_value = "assets/gazetteer.mz")]
        gazetteer: PathBuf,
        #[arg(long)]
        model: PathBuf,
        /// Annotated passages to fit to: `{"text", "mentions", "titles", "ignore"}` lines that
        /// the model did not learn from.
        #[arg(long)]
        gold: PathBuf,
        /// More of them, to measure on only.
        #[arg(long)]
        unseen: Option<PathBuf>,
        /// Where to write the model with what was fitted; without, it only prints.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Turns labelled lines into the columns that `mingzhu-trainer` reads.
    Features {
        #[arg(long)]
        dictionary: PathBuf,
        #[arg(long)]
        gazetteer: PathBuf,
        /// `{"text", "spans": [[start, end, label], …], "unsure": [[start, end], …],
        /// "guideline": number}` lines.
        #[arg(long)]
        lines: PathBuf,
        /// Folder for the columns.
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> std::process::ExitCode {
    let done = match Arguments::parse().command {
        Command::Dictionary { min_frequency, out } => dictionary::make(min_frequency, &out),
        Command::DictionaryReport { corpus } => dictionary::report(&corpus),
        Command::Gazetteer { tables, out } => gazetteer::make(&tables, &out),
        Command::Townships { tables, out } => gazetteer::make_townships(&tables, &out),
        Command::Confusables { unihan, gazetteer, out } => confusables::make(&unihan, &gazetteer, &out),
        Command::Calibrate { dictionary, gazetteer, model, gold, unseen, out } => {
            let files = calibrate::Files {
                dictionary: &dictionary,
                gazetteer: &gazetteer,
                model: &model,
                gold: &gold,
                unseen: unseen.as_deref(),
            };
            calibrate::run(&files, out.as_deref())
        }
        Command::Features { dictionary, gazetteer, lines, out } => {
            features::write(&dictionary, &gazetteer, &lines, &out)
        }
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let plain = std::fs::read(path).map_err(|cause| Error::File { path: path.into(), cause })?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(plain);
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&plain[..]), &mut bytes)
        .map_err(|cause| Error::File { path: path.into(), cause })?;
    Ok(bytes)
}

fn read_text(path: &Path) -> Result<String> {
    let bytes = read(path)?;
    String::from_utf8(bytes).map_err(|cause| Error::File {
        path: path.into(),
        cause: std::io::Error::new(std::io::ErrorKind::InvalidData, cause),
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|cause| Error::File { path: path.into(), cause })
}
