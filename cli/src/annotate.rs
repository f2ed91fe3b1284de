//! `mingzhu annotate`.

use crate::color::Color;
use crate::error::{Error, Outcome};
use crate::jsonl::{self, Offsets};
use crate::record::Body;
use crate::render::{self, Form};
use crate::texts;
use mingzhu::{Annotator, OffsetUnit};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Files to read; `-` or none means stdin
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Read {"id", "text"} lines and write {"id", "mentions": [[start, end, kind], …],
    /// "titles": [[start, end], …], "offices": [[person start, title start], …]} lines
    #[arg(long)]
    jsonl: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::CodePoints, requires = "jsonl")]
    offsets: Offsets,
    /// Write everything that was found: scores, entities, bodies and places of offices
    #[arg(long, requires = "jsonl")]
    full: bool,
    /// Write what the model marks by the guideline of one of its corpora, for measuring:
    /// {"id", "labels": [[start, end, "PER|PLACE|ORG|TITLE"], …]}
    #[arg(long, value_name = "NAME", requires = "jsonl", conflicts_with = "full")]
    guideline: Option<String>,
    /// When to colour the text; without colour names are marked [like this OFFICIAL]
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Annotates files or lines.
pub fn run(annotator: &Annotator, arguments: &Arguments) -> Result<Outcome, Error> {
    if arguments.jsonl { lines(annotator, arguments) } else { files(annotator, arguments) }
}

fn lines(annotator: &Annotator, arguments: &Arguments) -> Result<Outcome, Error> {
    let unit = OffsetUnit::from(arguments.offsets);
    if let Some(guideline) = &arguments.guideline {
        // A name nobody knows is a mistake in the command, not in every line.
        annotator.label("", guideline)?;
        return jsonl::run(&arguments.files, |text| {
            Ok(Body::labels(text, &annotator.label(text, guideline)?, unit))
        });
    }
    jsonl::run(&arguments.files, |text| {
        let article = annotator.annotate(text)?.with_unit(text, unit);
        Ok(if arguments.full { Body::Full(article) } else { Body::brief(&article) })
    })
}

fn files(annotator: &Annotator, arguments: &Arguments) -> Result<Outcome, Error> {
    let form = Form::on_stdout(arguments.color);
    texts::run(
        &arguments.files,
        |text| annotator.annotate(text),
        |output, text, article| render::article(output, text, article, form),
    )
}
