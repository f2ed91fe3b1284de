//! `mingzhu segment`.

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
    /// Read {"id", "text"} lines and write {"id", "tokens": [[start, end, tag], …]} lines
    #[arg(long)]
    jsonl: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::CodePoints, requires = "jsonl")]
    offsets: Offsets,
    /// When to colour the parts of speech
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Segments files or lines.
pub fn run(annotator: &Annotator, arguments: &Arguments) -> Result<Outcome, Error> {
    if arguments.jsonl {
        let unit = OffsetUnit::from(arguments.offsets);
        return jsonl::run(&arguments.files, |text| Ok(Body::tokens(text, annotator.segment(text)?, unit)));
    }
    let form = Form::on_stdout(arguments.color);
    texts::run(
        &arguments.files,
        |text| annotator.segment(text),
        |output, text, tokens| render::tokens(output, text, tokens, form),
    )
}
