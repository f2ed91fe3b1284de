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
    /// Vectors of words in word2vec's binary form, from which the large networks begin
    /// (training/README.md says where there are some); without them they begin by chance
    #[arg(long, value_name = "FILE")]
    vectors: Option<String>,
    /// Articles of the web, gzipped JSON lines of {"text"}: more text for the teachers to label
    /// (training/README.md says where there are some)
    #[arg(long, value_name = "FILE")]
    web: Option<String>,
    /// Folder of a pretrained BERT (`pytorch_model.bin`, `tokenizer.json`), for one more teacher:
    /// it wants a GPU, and JAX and optax for Python
    #[arg(long, value_name = "DIR")]
    encoder: Option<String>,
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
/// Those of them that teachers read: with labels, which they know by heart, and without.
const TAUGHT: [&str; 2] = ["corpora", "house"];
const SILVER: &str = "silver";
/// What the encoder's opinion counts of text without labels. Text with labels is its alone: of
/// that each copy of it has left a part unread.
const ENCODER: &str = "0.65";
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
    let web = arguments.web.iter().flat_map(|file| ["--web", file]).collect::<Vec<_>>();
    let prepare = ["training/prepare.py", "--data", &data, "--out", WORK, "--seed", &seed];
    process::run(command("python3", &[&prepare[..], &web].concat()))?;
    println!("== features");
    let dev = DEV.map(|corpus| format!("dev-{corpus}"));
    for set in TEXTS.iter().copied().chain(dev.iter().map(String::as_str)) {
        features(&format!("{WORK}/{set}.jsonl"), &format!("{WORK}/{set}"))?;
    }
    features("training/stored.jsonl", &format!("{WORK}/stored"))?;
    if let Some(folder) = &arguments.encoder {
        encoder(folder, &seed)?;
    }
    networks(arguments)?;
    println!("== assets");
    let stored = format!("{WORK}/stored");
    let sentences = ["--sentences", "training/stored.jsonl", "--columns", &stored];
    pack(
        "core",
        "assets/model.mz",
        &[&sentences[..], &["--scores", "tests/fixtures/emissions.json"]].concat(),
    )?;
    pack("large", "assets/model-large.mz", &["--levels", "15"])?;
    println!("== scores");
    let gold = format!("{data}/gold/dev.jsonl");
    for asset in ["assets/model.mz", "assets/model-large.mz"] {
        make(&["calibrate", "--model", asset, "--gold", &gold, "--out", asset])?;
    }
    Ok(())
}

/// The networks, each from what came before it: a large one learns to guess hidden characters
/// of plain text, then to tag; two small ones learn to tag; what the three think together of
/// text that nobody labelled teaches a fourth. What all of them think teaches the two that ship:
/// the core is the mean of what the fourth becomes, with its tables rounded as they ship, and the large one
/// begins again from what learned to guess, as the teacher knows its text by heart.
fn networks(arguments: &Arguments) -> Result<()> {
    println!("== networks");
    let seed = arguments.seed;
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
    // Much text that others have labelled is hard to learn by heart: less has to be hidden.
    let words = |options: &str| options.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let little = words("--drop-hidden 0.05 --drop-bigram 0.25 --drop-char 0.08");

    let texts = [text("raw", "0.5"), text("corpora", "0.5")].concat();
    let vectors: Vec<String> =
        arguments.vectors.iter().flat_map(|file| ["--vectors".to_owned(), file.clone()]).collect();
    let options = [size("large"), vocabulary.clone(), vectors, texts, run(2, "2e-3"), drop("0.05")];
    stage("base", "pretrain", &options)?;
    let labelled = [text("corpora", "1"), text("house", "1")].concat();
    let options = [labelled.clone(), run(4, "1.5e-3"), drop("0.2"), dev.clone()];
    stage("teacher", "train", &[&[from("base")], &options[..]].concat())?;
    let small = [size("core"), vocabulary.clone()];
    for (name, other) in [("second", 1), ("third", 2)] {
        let other = ["--seed".to_owned(), (seed + other).to_string()].to_vec();
        let options = [labelled.clone(), rounds(4, "2.5e-3"), other, drop("0.15"), dev.clone()];
        stage(name, "train", &[&small[..], &options].concat())?;
    }
    let encoder = arguments.encoder.is_some();
    teach(&["teacher", "second", "third"], encoder, "pupil")?;

    let marked =
        [text("corpora", "1@0.6"), text("house", "0.7@0.5"), text("lists", "2"), text("silver", "0.6@1")]
            .concat();
    let options = [marked.clone(), run(8, "2.5e-3"), little.clone(), dev.clone()];
    stage("pupil", "train", &[&small[..], &options].concat())?;
    teach(&["pupil", "teacher", "second", "third"], encoder, "core")?;

    // The end is on text half of which is set under headlines, as pages set it.
    let set = |silver: &str| {
        let marked = [text("corpora", "1@0.6"), text("house", "0.5@0.5"), text("lists", "1")].concat();
        [marked, text("polish", "0.3"), text("silver", silver)].concat()
    };
    let rounded = |renewal: &str| words(&format!("--rounded --renewal {renewal}"));
    let long = words("--drop-hidden 0.04 --drop-bigram 0.22 --drop-char 0.07");
    let options =
        [from("pupil"), set("0.7@1"), run(11, "1.6e-3"), rounded("0.001"), long.clone(), dev.clone()];
    stage("settled", "train", &options)?;
    // The house's own text counts more in the end.
    let house = |corpora: &str, house: &str, silver: &str| {
        let marked = [text("corpora", corpora), text("house", house), text("lists", "0.5")].concat();
        [marked, text("polish", "0.3"), text("silver", silver)].concat()
    };
    let options =
        [house("0.7@0.6", "1@0.3", "0.25@1"), run(2, "3e-4"), rounded("0.003"), little, dev.clone()];
    stage("housed", "train", &[&[from("settled")], &options[..]].concat())?;
    let options = [house("1@0.6", "1@0.4", "0.5@1"), run(4, "8e-4"), rounded("0.0015"), long, dev.clone()];
    stage("last", "train", &[&[from("housed")], &options[..]].concat())?;
    // No one of them is the best on every set; their mean is.
    let parts = ["settled", "housed", "last", "last"];
    stage("core", "mean", &parts.map(|name| ["--model".to_owned(), model(name)].to_vec()))?;

    let options = [from("base"), marked, run(4, "1.5e-3"), drop("0.15"), dev.clone()];
    stage("wide", "train", &options)?;
    let more = words("--renewal 0.002 --drop-hidden 0.08 --drop-bigram 0.25 --drop-char 0.08");
    let options = [from("wide"), house("1@0.6", "1@0.4", "0.4@1"), run(2, "9e-4"), more, dev];
    stage("large", "train", &options)
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

/// What networks think together of texts, and the encoder with them, beside their columns for
/// `pupil` to learn from.
fn teach(models: &[&str], encoder: bool, pupil: &str) -> Result<()> {
    if Path::new(&project::path(&model(pupil))).exists() {
        return Ok(());
    }
    let models: Vec<String> = models.iter().flat_map(|name| ["--model".to_owned(), model(name)]).collect();
    let share = |share: &str| ["--encoder", share].map(str::to_owned).to_vec();
    let (labelled, rest) = match encoder {
        true => (share("1"), [models, share(ENCODER)].concat()),
        false => (models.clone(), models),
    };
    for (teachers, sets) in [(labelled, &TAUGHT[..]), (rest, &[SILVER])] {
        let columns = sets.iter().flat_map(|set| ["--columns".to_owned(), format!("{WORK}/{set}")]);
        let arguments: Vec<String> = teachers.into_iter().chain(columns).collect();
        train(&[&["teach"], &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat())?;
    }
    Ok(())
}

/// What a pretrained encoder that learns to tag thinks of the texts, beside their columns.
fn encoder(folder: &str, seed: &str) -> Result<()> {
    println!("== encoder");
    let pretrained = format!("{WORK}/pretrained.npz");
    let module = |name: &str, arguments: &[&str]| {
        let mut python = command("python3", &[&["-m", name], arguments].concat());
        python.env("PYTHONPATH", project::path("training"));
        process::run(python)
    };
    if !Path::new(&project::path(&pretrained)).exists() {
        module("encoder.pretrained", &[folder, &pretrained])?;
    }
    module("encoder.teach", &["--pretrained", &pretrained, "--work", WORK, "--seed", seed])
}

/// Packs a network; the core's scores of a few sentences are for `tests/model.rs`.
fn pack(name: &str, out: &str, options: &[&str]) -> Result<()> {
    train(&[&["pack", "--model", &model(name), "--out", out], options].concat())
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
