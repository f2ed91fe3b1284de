//! `mingzhu annotate`.

use crate::color::Color;
use crate::error::{Error, Outcome};
use crate::jsonl::{self, Offsets};
use crate::record::Body;
use crate::render::{self, Form};
use crate::{assets, gazetteer, terms, texts};
use mingzhu::{Annotator, Article, Context, Date, OffsetUnit};
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
    /// Names that win over the model: text,kind lines, or a JSON array of {"text", "kind"}; kinds
    /// are official, person, place, organization
    #[arg(long, value_name = "FILE", conflicts_with = "guideline")]
    terms: Option<PathBuf>,
    /// Leave out what is less probable, from 0 to 1, with the offices that hang on it
    #[arg(long, value_name = "SCORE", default_value_t = 0.0, value_parser = score, hide_default_value = true,
          conflicts_with = "guideline")]
    min_score: f32,
    /// Where the articles are, for 我市 and for names that several places bear: a division's name
    /// or code (滨州, 3716)
    #[arg(long, value_name = "NAME", conflicts_with = "guideline")]
    context_place: Option<String>,
    /// Who publishes them: 滨州日报
    #[arg(long, value_name = "NAME", conflicts_with = "guideline")]
    context_publisher: Option<String>,
    /// The host of the site where they were read: www.binzhou.gov.cn
    #[arg(long, value_name = "HOST", conflicts_with = "guideline")]
    context_host: Option<String>,
    /// Their day, which is written with them: 2026-03-05
    #[arg(long, value_name = "DATE", conflicts_with = "guideline")]
    context_date: Option<Date>,
    /// Divisions and bodies to know besides: name,forms,code lines with forms parted by |, or a JSON
    /// array of {"name", "forms", "code"}; bodies have no code
    #[arg(long, value_name = "FILE", conflicts_with = "guideline")]
    gazetteer: Option<PathBuf>,
    /// Leave divisions, references and where the article is out
    #[arg(long, conflicts_with = "guideline")]
    no_resolve: bool,
    /// Read townships.mz too: 长泾镇 then has a code as well
    #[arg(long, conflicts_with = "guideline")]
    townships: bool,
    /// When to colour the text; without colour names are marked [like this OFFICIAL]
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Annotates files or lines.
pub fn run(
    annotator: &Annotator,
    assets: &assets::Arguments,
    arguments: &Arguments,
) -> Result<Outcome, Error> {
    let mut annotator = annotator.clone();
    if let Some(path) = &arguments.terms {
        annotator.add_terms(terms::read(path).map_err(Error::Terms)?);
    }
    if let Some(path) = &arguments.gazetteer {
        annotator.add_entries(gazetteer::read(path).map_err(Error::Gazetteer)?);
    }
    if arguments.townships {
        annotator.add_townships(&assets.townships()?)?;
    }
    let annotator = &annotator;
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
        let article = read(annotator, text, arguments)?.with_unit(text, unit);
        Ok(if arguments.full { Body::Full(article) } else { Body::brief(&article) })
    })
}

fn read(annotator: &Annotator, text: &str, arguments: &Arguments) -> Result<Article, mingzhu::Error> {
    let context = Context {
        place: arguments.context_place.clone(),
        publisher: arguments.context_publisher.clone(),
        host: arguments.context_host.clone(),
        date: arguments.context_date,
    };
    let reading = annotator.begin(text)?.with_min_score(arguments.min_score).with_context(context);
    Ok(if arguments.no_resolve { reading.without_resolving() } else { reading }.complete())
}

/// A probability.
fn score(written: &str) -> Result<f32, String> {
    let score = written.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "a score is a number from 0 to 1".to_owned())
}

fn files(annotator: &Annotator, arguments: &Arguments) -> Result<Outcome, Error> {
    let form = Form::on_stdout(arguments.color);
    texts::run(
        &arguments.files,
        |text| read(annotator, text, arguments),
        |output, text, article| render::article(output, text, article, form),
    )
}
