//! `cargo xtask eval`: how often the annotator is right.

mod corpus;
mod counts;
mod gold;
mod predict;
mod reliability;
mod report;

use crate::error::{Error, Result};
use crate::{document, project};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with data/ and gold/; they may not be published, so they are not in the
    /// repository
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    data: PathBuf,
    /// Write the tables into docs/accuracy.md
    #[arg(long)]
    write: bool,
}

/// Scores the gold articles and every labelled test and dev set.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = project::root().join(&arguments.data);
    if !folder.join("gold").is_dir() || !folder.join("data").is_dir() {
        return Err(Error::NoData { folder });
    }
    let command = predict::build()?;
    let mut tables = Vec::new();
    for name in ["dev", "seed"] {
        let passages = gold::read(&folder.join("gold").join(format!("{name}.jsonl")))?;
        let answers = predict::articles(&command, &passages)?;
        tables.push(report::gold(name, &passages, &gold::score(&passages, &answers)?));
        if name == "dev" {
            tables.push(reliability::table(name, &passages, &predict::scored(&command, &passages)?));
        }
    }
    let mut rows = Vec::new();
    for set in corpus::SETS {
        let sentences = set.read(&folder.join("data"))?;
        let answers = predict::labels(&command, set.guideline, &sentences)?;
        rows.push(report::Row::new(
            set,
            sentences.len(),
            answers.map(|answers| set.score(&sentences, &answers)),
        ));
    }
    tables.push(report::corpora(&rows));
    let tables = tables.join("\n\n");
    println!("{tables}");
    if arguments.write { document::write("accuracy.md", "eval", &tables) } else { Ok(()) }
}
