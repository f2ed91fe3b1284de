//! `cargo xtask train`: the assets, from the corpora.

use crate::error::{Error, Result};
use crate::process::{self, cargo, command};
use crate::project;
use std::path::{Path, PathBuf};

/// A fifth of what training begins with: enough to learn how pages are set, not to forget.
const POLISH_RATE: &str = "5e-4";

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with data/ and gold/
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    data: PathBuf,
    /// How often the corpora are read; state is kept after each, and a run that was stopped
    /// goes on from there
    #[arg(long, default_value_t = 5)]
    epochs: u32,
    /// Everything random follows from it
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Only the dictionary and the gazetteer, which take a second
    #[arg(long)]
    tables_only: bool,
}

/// Makes the three assets. `training/work/` keeps what lies between.
pub fn run(arguments: &Arguments) -> Result<()> {
    let data = project::root().join(&arguments.data);
    if !data.join("gold").is_dir() || !data.join("data").is_dir() {
        return Err(Error::NoData { folder: data });
    }
    let data = text(&data);
    println!("== tables");
    make(&["gazetteer", "--tables", &format!("{data}/data/gazetteer"), "--out", "assets/gazetteer.mz"])?;
    make(&["dictionary", "--out", "assets/dictionary.mz"])?;
    if arguments.tables_only {
        return Ok(());
    }
    println!("== python");
    let python = virtual_environment()?;
    let work = project::path("training/work");
    std::fs::create_dir_all(&work).map_err(Error::file(&work))?;
    println!("== lines");
    let seed = arguments.seed.to_string();
    script(&python, "prepare.py", &["--data", &data, "--out", "training/work", "--seed", &seed])?;
    println!("== features");
    for set in ["train", "polish", "dev-house", "dev-msra", "dev-cluener"] {
        features(&format!("training/work/{set}.jsonl"), &format!("training/work/{set}"))?;
    }
    println!("== network");
    let epochs = arguments.epochs.to_string();
    let options =
        ["--work", "training/work", "--out", "training/work/core", "--epochs", &epochs, "--seed", &seed];
    script(&python, "train.py", &options)?;
    let start = ["--start", "training/work/core/weights.npz", "--rate", POLISH_RATE];
    let polish =
        ["--work", "training/work", "--out", "training/work/polished", "--text", "polish", "--epochs", "2"];
    script(&python, "train.py", &[&polish[..], &start, &["--seed", &seed]].concat())?;
    println!("== asset");
    features("training/stored.jsonl", "training/work/stored")?;
    script(
        &python,
        "export.py",
        &[
            "--weights",
            "training/work/polished/weights.npz",
            "--out",
            "assets/model.mz",
            "--sentences",
            "training/stored.jsonl",
            "--columns",
            "training/work/stored",
            "--scores",
            "tests/fixtures/emissions.json",
        ],
    )
}

/// Runs the Rust half of the training code.
fn make(arguments: &[&str]) -> Result<()> {
    process::run(cargo(
        &[&["run", "--quiet", "--release", "--package", "mingzhu-training", "--"], arguments].concat(),
    ))
}

fn features(lines: &str, out: &str) -> Result<()> {
    let assets = ["--dictionary", "assets/dictionary.mz", "--gazetteer", "assets/gazetteer.mz"];
    make(&[&["features"], &assets[..], &["--lines", lines, "--out", out]].concat())
}

fn script(python: &str, name: &str, arguments: &[&str]) -> Result<()> {
    process::run(command(python, &[&[&*format!("training/{name}")], arguments].concat()))
}

/// A Python of our own with what `training/requirements.txt` pins.
fn virtual_environment() -> Result<String> {
    let folder = project::path("training/work/python");
    let python = text(&folder.join("bin/python"));
    if !Path::new(&python).exists() {
        process::run(command("python3", &["-m", "venv", &text(&folder)]))?;
    }
    process::run(command(
        &python,
        &["-m", "pip", "install", "--quiet", "--requirement", "training/requirements.txt"],
    ))?;
    Ok(python)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
