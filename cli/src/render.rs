//! Text with its marks, for people to read.

use crate::color::Color;
use crate::record::kind_name;
use anstyle::{AnsiColor, Style};
use mingzhu::{Article, Entity, Kind, Office, Token};
use std::io::{self, Write};

/// How marks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As colours of a terminal.
    Color,
    /// In brackets.
    Plain,
}

impl Form {
    /// The form for stdout.
    pub fn on_stdout(color: Color) -> Self {
        if color.on_stdout() { Form::Color } else { Form::Plain }
    }
}

/// A marked span.
struct Mark {
    start: usize,
    end: usize,
    name: &'static str,
    style: Style,
}

/// Writes the text with names and titles marked, then who was found.
pub fn article(output: &mut dyn Write, text: &str, article: &Article, form: Form) -> io::Result<()> {
    let mentions = article.mentions.iter().map(|m| Mark {
        start: m.start as usize,
        end: m.end as usize,
        name: kind_name(m.kind),
        style: kind_style(m.kind),
    });
    let titles = article.titles.iter().map(|t| Mark {
        start: t.start as usize,
        end: t.end as usize,
        name: "TITLE",
        style: Style::new().italic(),
    });
    let mut marks: Vec<Mark> = mentions.chain(titles).collect();
    marks.sort_by_key(|mark| mark.start);
    let mut at = 0;
    for mark in &marks {
        let (Some(before), Some(span)) = (text.get(at..mark.start), text.get(mark.start..mark.end)) else {
            continue;
        };
        write_text(output, before, form)?;
        match form {
            Form::Color => {
                write!(output, "{}", mark.style)?;
                write_text(output, span, form)?;
                write!(output, "{}", mark.style.render_reset())?;
            }
            Form::Plain => write!(output, "[{span} {}]", mark.name)?,
        }
        at = mark.end;
    }
    let rest = &text[at..];
    write_text(output, rest, form)?;
    if !text.is_empty() && !text.ends_with('\n') {
        writeln!(output)?;
    }
    for kind in Kind::ALL {
        for entity in article.entities.iter().filter(|entity| entity.kind == kind) {
            write_entity(output, text, article, entity, form)?;
        }
    }
    write_references(output, text, article, form)
}

/// Where the article is, and what 我市 means in it, each once.
fn write_references(output: &mut dyn Write, text: &str, article: &Article, form: Form) -> io::Result<()> {
    if let Some(home) = &article.home {
        writeln!(output, "{:8}  {} ({})", "HERE", home.division.path, home.division.code)?;
    }
    let mut written: Vec<(&str, Option<&str>)> = Vec::new();
    for reference in &article.references {
        let Some(words) = text.get(reference.start as usize..reference.end as usize) else { continue };
        let pair = (words, reference.name.as_deref());
        if !written.contains(&pair) {
            write!(output, "{:8}  ", "REFERS")?;
            write_text(output, words, form)?;
            writeln!(output, " → {}", pair.1.unwrap_or("?"))?;
            written.push(pair);
        }
    }
    Ok(())
}

fn write_entity(
    output: &mut dyn Write,
    text: &str,
    article: &Article,
    entity: &Entity,
    form: Form,
) -> io::Result<()> {
    let style = match form {
        Form::Color => kind_style(entity.kind),
        Form::Plain => Style::new(),
    };
    write!(output, "{:8}  {style}", kind_name(entity.kind))?;
    write_text(output, &entity.name, form)?;
    write!(output, "{}", style.render_reset())?;
    if entity.mentions.len() > 1 {
        write!(output, " ×{}", entity.mentions.len())?;
    }
    let offices = entity.offices.iter().filter_map(|index| article.offices.get(*index as usize));
    let mut written: Vec<String> = Vec::new();
    for post in offices.flat_map(|office| posts(text, article, office)) {
        if !written.contains(&post) {
            write!(output, "  ")?;
            write_text(output, &post, form)?;
            written.push(post);
        }
    }
    if let Some(division) = &entity.division {
        write!(output, "  {} ({})", division.path, division.code)?;
    }
    writeln!(output)
}

/// Each post as 滨州市人民政府 · 副市长 (former); where the body is not known, what the text says.
fn posts<'a>(text: &'a str, article: &'a Article, office: &'a Office) -> impl Iterator<Item = String> + 'a {
    let mention = |index: u32| {
        let mention = article.mentions.get(index as usize)?;
        text.get(mention.start as usize..mention.end as usize)
    };
    let held_at: Vec<&str> =
        [office.place.and_then(mention), office.body.and_then(mention)].into_iter().flatten().collect();
    office.posts.iter().map(move |post| {
        let body = post.body.as_deref().map_or_else(|| held_at.clone(), |body| vec![body]);
        let words = [&body[..], &[&post.name]].concat().join(" · ");
        if post.status.is_current() { words } else { format!("{words} ({})", post.status.name()) }
    })
}

/// Writes words with their parts of speech, line by line as in the text.
pub fn tokens(output: &mut dyn Write, text: &str, tokens: &[Token], form: Form) -> io::Result<()> {
    let mut at = 0;
    for (index, token) in tokens.iter().enumerate() {
        let (Some(before), Some(word)) =
            (text.get(at..token.start as usize), text.get(token.start as usize..token.end as usize))
        else {
            continue;
        };
        if before.contains('\n') {
            writeln!(output)?;
        } else if index > 0 {
            write!(output, " ")?;
        }
        write_text(output, word, form)?;
        match form {
            Form::Color => {
                let style = Style::new().dimmed();
                write!(output, "{style}/{}{}", token.tag, style.render_reset())?;
            }
            Form::Plain => write!(output, "/{}", token.tag)?,
        }
        at = token.end as usize;
    }
    if tokens.is_empty() { Ok(()) } else { writeln!(output) }
}

/// Writes text; on a terminal, control characters as pictures, so that a file cannot
/// command the terminal.
fn write_text(output: &mut dyn Write, text: &str, form: Form) -> io::Result<()> {
    if form == Form::Plain {
        return output.write_all(text.as_bytes());
    }
    for part in text.split_inclusive(|c: char| c.is_control() && c != '\n' && c != '\t') {
        match part.chars().next_back().filter(|c| c.is_control() && *c != '\n' && *c != '\t') {
            Some(control) => {
                output.write_all(&part.as_bytes()[..part.len() - control.len_utf8()])?;
                write!(output, "{}", picture(control))?;
            }
            None => output.write_all(part.as_bytes())?,
        }
    }
    Ok(())
}

fn picture(control: char) -> char {
    match u32::from(control) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

fn kind_style(kind: Kind) -> Style {
    let color = match kind {
        Kind::Official => AnsiColor::Red,
        Kind::Person => AnsiColor::Blue,
        Kind::Place => AnsiColor::Green,
        Kind::Organization => AnsiColor::Magenta,
    };
    Style::new().fg_color(Some(color.into())).underline()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhu::{Because, Mention, Post, Rule, Status, Title};

    fn sample() -> (&'static str, Article) {
        let text = "云川市副市长林青出席。";
        let mention = |start, end, kind, entity| Mention { start, end, kind, score: 1.0, entity };
        let entity = |kind, name: &str, mention, offices| Entity {
            kind,
            name: name.into(),
            aliases: Vec::new(),
            mentions: vec![mention],
            offices,
            division: None,
            open: None,
        };
        let article = Article {
            mentions: vec![mention(0, 9, Kind::Place, 0), mention(18, 24, Kind::Official, 1)],
            titles: vec![Title { start: 9, end: 18, score: 1.0 }],
            offices: vec![Office {
                person: 1,
                title: 0,
                body: None,
                place: Some(0),
                public: true,
                because: Because { rule: Rule::Title, word: "市长".into() },
                posts: vec![Post {
                    name: "副市长".into(),
                    status: Status::Former,
                    body: Some("云川市人民政府".into()),
                    division: None,
                }],
                evidence: Vec::new(),
            }],
            entities: vec![
                entity(Kind::Place, "云川市", 0, vec![]),
                entity(Kind::Official, "林青", 1, vec![0]),
            ],
            ..Article::empty(text.len() as u32)
        };
        (text, article)
    }

    #[test]
    fn plain_text_has_its_marks_in_brackets_and_no_escape() {
        let (text, found) = sample();
        let mut output = Vec::new();
        article(&mut output, text, &found, Form::Plain).unwrap();
        let expected = "[云川市 PLACE][副市长 TITLE][林青 OFFICIAL]出席。\n\
                        OFFICIAL  林青  云川市人民政府 · 副市长 (former)\n\
                        PLACE     云川市\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }

    #[test]
    fn colour_leaves_the_words_as_they_are() {
        let (text, found) = sample();
        let mut output = Vec::new();
        article(&mut output, text, &found, Form::Color).unwrap();
        let output = String::from_utf8(output).unwrap();
        let first = output.lines().next().unwrap();
        let words: String = first
            .split('\u{1b}')
            .map(|part| part.strip_prefix('[').and_then(|p| p.split_once('m')).map_or(part, |(_, rest)| rest))
            .collect();
        assert_eq!(words, text);
        assert!(first.contains("\u{1b}[31m"));
    }

    #[test]
    fn a_text_cannot_command_the_terminal() {
        let mut output = Vec::new();
        let text = "a\u{1b}[2Jb\u{9b}c\n";
        article(&mut output, text, &Article::empty(text.len() as u32), Form::Color).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), "a␛[2Jb\u{fffd}c\n");
    }
}
