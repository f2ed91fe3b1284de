//! `cargo xtask train`: the assets, from the corpora.

use crate::error::{Error, Result};
use crate::process::{self, cargo, command};
use crate::project;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with data/ and gold/
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    data: String,
    /// Everything random follows from it
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Only the dictionary and the gazetteer, which take a second
    #[arg(long)]
    tables_only: bool,
    /// Forget what an earlier run left in training/work/
    #[arg(long)]
    afresh: bool,
}

const WORK: &str = "training/work";

/// Sets of lines that `prepare.py` writes and networks learn from.
const TEXTS: [&str; 6] = ["raw", "corpora", "house", "lists", "polish", "silver"];
/// Corpora with a dev set that is looked at between the rounds.
const DEV: [&str; 4] = ["house", "msra", "pfr", "cluener"];

/// Makes the assets. `training/work/` keeps what lies between: a network that is trained is
/// not trained again, and one that was stopped goes on after its last round.
pub fn run(arguments: &Arguments) -> Result<()> {
    let data = project::root().join(&arguments.data);
    if !data.join("gold").is_dir() || !data.join("data").is_dir() {
        return Err(Error::NoData { folder: data });
    }
    let data = data.to_string_lossy();
    println!("== tables");
    let tables = format!("{data}/data/gazetteer");
    make(&["gazetteer", "--tables", &tables, "--out", "assets/gazetteer.mz"])?;
    make(&["townships", "--tables", &tables, "--out", "assets/townships.mz"])?;
    make(&["dictionary", "--out", "assets/dictionary.mz"])?;
    if arguments.tables_only {
        return Ok(());
    }
    if arguments.afresh && Path::new(&project::path(WORK)).exists() {
        let work = project::path(WORK);
        std::fs::remove_dir_all(&work).map_err(Error::file(&work))?;
    }
    let models = project::path(&format!("{WORK}/models"));
    std::fs::create_dir_all(&models).map_err(Error::file(&models))?;
    println!("== lines");
    let seed = arguments.seed.to_string();
    process::run(command(
        "python3",
        &["training/prepare.py", "--data", &data, "--out", WORK, "--seed", &seed],
    ))?;
    println!("== features");
    let dev = DEV.map(|corpus| format!("dev-{corpus}"));
    for set in TEXTS.iter().copied().chain(dev.iter().map(String::as_str)) {
        features(&format!("{WORK}/{set}.jsonl"), &format!("{WORK}/{set}"))?;
    }
    features("training/stored.jsonl", &format!("{WORK}/stored"))?;
    networks(arguments.seed)?;
    println!("== assets");
    pack("core", "assets/model.mz")?;
    println!("== scores");
    let gold = format!("{data}/gold/dev.jsonl");
    make(&["calibrate", "--model", "assets/model.mz", "--gold", &gold, "--out", "assets/model.mz"])
}

/// The networks, each from what came before it: a large one learns to guess hidden characters
/// of plain text, then to tag; two small ones learn to tag; what the three think together of
/// text that nobody labelled teaches the one that ships, which ends on text set as pages set it,
/// with its tables rounded as they ship.
fn networks(seed: u32) -> Result<()> {
    println!("== networks");
    let text = |set: &str, numbers: &str| ["--text".to_owned(), format!("{WORK}/{set}={numbers}")].to_vec();
    let vocabulary = ["corpora=2", "house=3", "raw=20"]
        .map(|count| ["--vocabulary".to_owned(), format!("{WORK}/{count}")])
        .concat();
    let dev = DEV.map(|corpus| ["--dev".to_owned(), format!("{WORK}/dev-{corpus}")]).concat();
    let rounds =
        |count: u32, rate: &str| ["--rounds", &count.to_string(), "--rate", rate].map(str::to_owned).to_vec();
    let run = |count: u32, rate: &str| {
        [rounds(count, rate), ["--seed".to_owned(), seed.to_string()].to_vec()].concat()
    };
    let size = |size: &str| ["--size".to_owned(), size.to_owned()].to_vec();
    let from = |name: &str| ["--start".to_owned(), model(name)].to_vec();
    let drop = |share: &str| ["--drop-hidden".to_owned(), share.to_owned()].to_vec();

    let texts = [text("raw", "0.5"), text("corpora", "0.5")].concat();
    stage("base", "pretrain", &[size("large"), vocabulary.clone(), texts, run(2, "2e-3"), drop("0.05")])?;
    let labelled = [text("corpora", "1"), text("house", "1")].concat();
    let options = [labelled.clone(), run(4, "1.5e-3"), drop("0.2"), dev.clone()];
    stage("teacher", "train", &[&[from("base")], &options[..]].concat())?;
    let small = [size("core"), vocabulary.clone()];
    for (name, other) in [("second", 1), ("third", 2)] {
        let other = ["--seed".to_owned(), (seed + other).to_string()].to_vec();
        let options = [labelled.clone(), rounds(4, "2.5e-3"), other, drop("0.15"), dev.clone()];
        stage(name, "train", &[&small[..], &options].concat())?;
    }
    teach(&["teacher", "second", "third"], &["corpora", "house", "silver"])?;

    let texts =
        [text("corpora", "1@0.4"), text("house", "0.7@0.3"), text("lists", "2"), text("silver", "0.4@1")]
            .concat();
    let options = [texts, run(8, "2.5e-3"), drop("0.08"), dev.clone()];
    stage("pupil", "train", &[&small[..], &options].concat())?;
    let texts = [
        text("corpora", "0.6@0.2"),
        text("house", "0.25"),
        text("lists", "0.5"),
        text("polish", "0.6"),
        text("silver", "0.15@1"),
    ];
    let rounded = ["--rounded", "--renewal", "0.003"].map(str::to_owned).to_vec();
    let options = [from("pupil"), texts.concat(), run(2, "4e-4"), drop("0.1"), rounded, dev];
    stage("core", "train", &options)
}

fn model(name: &str) -> String {
    format!("{WORK}/models/{name}.weights")
}

/// Trains a network that is not trained yet.
fn stage(name: &str, command: &str, arguments: &[Vec<String>]) -> Result<()> {
    let out = model(name);
    if Path::new(&project::path(&out)).exists() {
        println!("{name}: trained already ({out})");
        return Ok(());
    }
    println!("{name}");
    let arguments: Vec<&str> = arguments.iter().flatten().map(String::as_str).collect();
    train(&[&[command, "--out", &out], &arguments[..]].concat())
}

/// What networks think together of texts, beside their columns.
fn teach(models: &[&str], sets: &[&str]) -> Result<()> {
    let done = project::path(&format!("{WORK}/{}/soft.u8", sets[sets.len() - 1]));
    if Path::new(&done).exists() && Path::new(&project::path(&model("pupil"))).exists() {
        return Ok(());
    }
    let models = models.iter().flat_map(|name| ["--model".to_owned(), model(name)]);
    let columns = sets.iter().flat_map(|set| ["--columns".to_owned(), format!("{WORK}/{set}")]);
    let arguments: Vec<String> = models.chain(columns).collect();
    train(&[&["teach"], &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat())
}

/// Packs a network, and its scores of a few sentences for `tests/model.rs`.
fn pack(name: &str, out: &str) -> Result<()> {
    let (model, columns) = (model(name), format!("{WORK}/stored"));
    let stored = ["--sentences", "training/stored.jsonl", "--columns", &columns];
    let scores = ["--scores", "tests/fixtures/emissions.json"];
    train(&[&["pack", "--model", &model, "--out", out], &stored[..], &scores].concat())
}

fn features(lines: &str, out: &str) -> Result<()> {
    let assets = ["--dictionary", "assets/dictionary.mz", "--gazetteer", "assets/gazetteer.mz"];
    make(&[&["features"], &assets[..], &["--lines", lines, "--out", out]].concat())
}

/// Runs what makes the tables and the features.
fn make(arguments: &[&str]) -> Result<()> {
    process::run(cargo(
        &[&["run", "--quiet", "--release", "--package", "mingzhu-training", "--"], arguments].concat(),
    ))
}

/// Runs the trainer, built for this very processor: it is twice as fast so.
fn train(arguments: &[&str]) -> Result<()> {
    let mut trainer =
        cargo(&[&["run", "--quiet", "--release", "--package", "mingzhu-trainer", "--"], arguments].concat());
    trainer.env("RUSTFLAGS", "-C target-cpu=native");
    // Its own folder, or everything would be built anew for the other flags, and back.
    trainer.env("CARGO_TARGET_DIR", project::path("target/trainer"));
    process::run(trainer)
}
