//! What can go wrong in a command, each with a hint that says what to do.

use crate::browsers::Engine;
use std::error::Error as _;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a command could not do its work.
#[derive(Debug, Error)]
pub enum Error {
    /// A program the command needs is not there.
    #[error("`{program}` could not be started")]
    Start {
        /// The program's name.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and reported failure.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// A program's output is not what this command understands.
    #[error("`{command}` printed something unexpected: {detail}")]
    Output {
        /// The command line.
        command: String,
        /// What was not understood.
        detail: String,
    },
    /// A file or folder could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line of a data file is not what it should be.
    #[error("{}:{line}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The line's number.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The folder with the corpora is not there.
    #[error("no corpora in {}", folder.display())]
    NoData {
        /// Where they were looked for.
        folder: PathBuf,
    },
    /// A document has lost the place where a table belongs.
    #[error("{}: the lines `<!-- {section}:begin -->` and `<!-- {section}:end -->` are missing", path.display())]
    Markers {
        /// The document.
        path: PathBuf,
        /// The table's name.
        section: String,
    },
    /// There is no browser of this engine to test with.
    #[error("no {} was found", engine.name())]
    NoBrowser {
        /// The engine.
        engine: Engine,
    },
    /// A part of cargo that we may not install is not there.
    #[error("no {tool} was found")]
    NoTool {
        /// What it is called in the registry.
        tool: &'static str,
    },
    /// What is kept elsewhere cannot be had from here.
    #[error("{what} could not be fetched")]
    Unreachable {
        /// What it is.
        what: &'static str,
    },
    /// Steps of the test failed.
    #[error("failed: {}", steps.join(", "))]
    Steps {
        /// Their names.
        steps: Vec<&'static str>,
    },
    /// Tests in JavaScript failed.
    #[error("tests failed:\n{list}")]
    Tests {
        /// Each with its place and its reason.
        list: String,
    },
    /// Two builds of the same code are not the same.
    #[error("built again, these are different: {}", names(files))]
    Differs {
        /// The files that are not.
        files: Vec<PathBuf>,
    },
    /// wasm-bindgen rejected the compiled library.
    #[error("the bindings could not be made")]
    Bindings(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address to serve on is taken or forbidden.
    #[error("cannot listen on {address}")]
    Listen {
        /// Host and port.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Error {
    /// Wraps an I/O error with the path it happened at.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    }

    fn hint(&self) -> String {
        match self {
            Error::Start { program, .. } => match program.as_str() {
                "npm" | "npm.cmd" | "node" => "install Node.js 20 or newer: https://nodejs.org".into(),
                "rustup" => "install rustup (https://rustup.rs), or add the wasm32-unknown-unknown \
                             standard library to your Rust by other means"
                    .into(),
                other => format!("install `{other}` and see that it is on the PATH"),
            },
            Error::Failed { .. } => "what it printed above says why".into(),
            Error::Output { .. } => {
                "the program may be newer or older than the one this was written for".into()
            }
            Error::File { .. } => "see that the path exists and that you may read and write it".into(),
            Error::Json { .. } => "one JSON object per line is expected".into(),
            Error::NoData { .. } => {
                "name the folder that holds data/ and gold/ by --data; the corpora may not be \
                                     published and are not part of the repository"
                    .into()
            }
            Error::Markers { .. } => "put both lines back where the table belongs".into(),
            Error::NoBrowser { engine } => format!(
                "install it (Debian: apt-get install {}), or name its executable in the environment \
                 variable {}",
                engine.packages().join(" "),
                engine.variable()
            ),
            Error::NoTool { tool } => {
                format!("`cargo install --locked {tool}` compiles it, for some minutes")
            }
            Error::Unreachable { .. } => "run it where the network reaches further".into(),
            Error::Steps { .. } => "`cargo xtask test --only STEP` runs one of them again".into(),
            Error::Tests { .. } => "run the file by itself; docs/browsers.md says how".into(),
            Error::Differs { .. } => "look for what goes by time, chance or the order of a hash table".into(),
            Error::Bindings(_) => {
                "the version of wasm-bindgen-cli-support in xtask/Cargo.toml must be that of \
                                   wasm-bindgen in Cargo.lock"
                    .into()
            }
            Error::Listen { .. } => "choose another port with --port; 0 takes any free one".into(),
        }
    }
}

fn names(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// A result with our [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Prints an error with its causes and its hint.
pub fn report(error: &Error) {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        eprintln!("  because: {inner}");
        cause = inner.source();
    }
    eprintln!("  hint: {}", error.hint());
}
