//! One error in an article.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use mingzhu::Date;

use super::article::{Article, Holder};
use super::random::Random;
use super::roster::{Row, changed, is_full};
use super::unihan::Unihan;

/// What was done to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    NameSound,
    NameShape,
    Title,
    Body,
    Ended,
    NotYet,
    Order,
    TwoOffices,
    Variant,
    BodyVariant,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::NameSound => "a character of a name, by sound",
            Kind::NameShape => "a character of a name, by shape",
            Kind::Title => "a deputy's title for the principal's, or the other way",
            Kind::Body => "another body of the same division, or of the state",
            Kind::Ended => "an office that has ended",
            Kind::NotYet => "an office that has not begun",
            Kind::Order => "two leaders changed about",
            Kind::TwoOffices => "a second office that contradicts (no roster)",
            Kind::Variant => "a second spelling of a name (no roster)",
            Kind::BodyVariant => "a second spelling of a body (no roster)",
        }
    }
}

/// An article with one error.
pub struct Planted {
    pub kind: Kind,
    pub text: String,
    /// Where the error is, in bytes.
    pub place: Range<usize>,
    /// Whose days were changed: wherever the article says the office, it is wrong.
    pub whose: Option<String>,
    /// The roster it is checked against.
    pub rows: Option<Vec<Row>>,
    pub about: String,
}

/// What errors are made with.
pub struct Planter<'a> {
    pub roster: &'a [Row],
    /// Everybody whom any article names, with an office or not.
    pub known: &'a BTreeSet<String>,
    pub unihan: &'a Unihan,
}

impl Planter<'_> {
    /// The errors that can be planted in an article, at most one of each kind.
    pub fn all(&self, article: &Article, random: &mut Random) -> Vec<Planted> {
        let official = |holder: &&Holder| {
            holder.official && is_full(&holder.name) && self.roster.iter().any(|row| row.name == holder.name)
        };
        let holders: Vec<&Holder> = article.people.iter().filter(official).collect();
        let mut planted = Vec::new();
        planted.extend(self.order(article, random));
        planted.extend(self.body_variant(article, random));
        let held = |test: &dyn Fn(&Holder) -> bool, random: &mut Random| {
            let all: Vec<&Holder> = holders.iter().copied().filter(|holder| test(holder)).collect();
            random.of(&all).copied()
        };
        for kind in [Kind::NameSound, Kind::NameShape] {
            planted
                .extend(held(&|_| true, random).and_then(|holder| self.name(kind, article, holder, random)));
        }
        // Only where the text says the body: else nobody could tell a wrong title from a namesake's.
        let sayable = |holder: &Holder| holder.body.is_some() && contrary(&holder.title_text).is_some();
        planted.extend(held(&sayable, random).and_then(|holder| self.title(article, holder)));
        let moveable = |holder: &Holder| elsewhere(&holder.body_text, &mut Random::new(1)).is_some();
        planted.extend(held(&moveable, random).and_then(|holder| self.body(article, holder, random)));
        let placed = |holder: &Holder| holder.body.is_some() && !holder.title_text.starts_with(['原', '前']);
        for kind in [Kind::Ended, Kind::NotYet] {
            planted.extend(held(&placed, random).and_then(|holder| self.days(kind, article, holder)));
        }
        planted.extend(held(&sayable, random).and_then(|holder| {
            let title = contrary(&holder.title_text)?;
            let more = format!("{}{title}{}参加有关活动。", holder.body_text, holder.name);
            Some(appended(Kind::TwoOffices, &article.text, &more))
        }));
        planted.extend(held(&|_| true, random).and_then(|holder| {
            let name = changed(&holder.name, random, |c, random| self.unihan.homophone(c, random))
                .filter(|name| !self.known.contains(name))?;
            let more = format!("{}{}{name}参加有关活动。", holder.body_text, holder.title_text);
            Some(appended(Kind::Variant, &article.text, &more))
        }));
        planted
    }

    fn with_list(&self, kind: Kind, (text, place): (String, Range<usize>), about: String) -> Planted {
        Planted { kind, text, place, whose: None, rows: Some(self.roster.to_vec()), about }
    }

    fn name(&self, kind: Kind, article: &Article, holder: &Holder, random: &mut Random) -> Option<Planted> {
        let other = |c, random: &mut Random| match kind {
            Kind::NameSound => self.unihan.homophone(c, random),
            _ => self.unihan.lookalike(c, random),
        };
        let name = changed(&holder.name, random, other).filter(|name| !self.known.contains(name))?;
        let about = format!("{} → {name}, {}", holder.name, holder.title_text);
        Some(self.with_list(kind, replaced(&article.text, holder.person, &name), about))
    }

    fn title(&self, article: &Article, holder: &Holder) -> Option<Planted> {
        let title = contrary(&holder.title_text)?;
        let about = format!("{} {} → {title}", holder.body_text, holder.title_text);
        Some(self.with_list(Kind::Title, replaced(&article.text, holder.title, &title), about))
    }

    fn body(&self, article: &Article, holder: &Holder, random: &mut Random) -> Option<Planted> {
        let (span, body) = holder.body.zip(elsewhere(&holder.body_text, random))?;
        let about = format!("{} → {body}, {} {}", holder.body_text, holder.title_text, holder.name);
        Some(self.with_list(Kind::Body, replaced(&article.text, span, &body), about))
    }

    /// The list says that it was over a year before the article, or begins a year after it.
    fn days(&self, kind: Kind, article: &Article, holder: &Holder) -> Option<Planted> {
        let mut rows = self.roster.to_vec();
        let year: i32 = article.date[..4].parse().ok()?;
        let day = |years: i32| format!("{:04}{}", year + years, &article.date[4..7]);
        for row in rows.iter_mut().filter(|row| row.name == holder.name) {
            // What was over long before stays so.
            if !row.to.is_empty() && row.to < day(-2) {
                continue;
            }
            (row.from, row.to) =
                if kind == Kind::Ended { (day(-6), day(-1)) } else { (day(1), String::new()) };
        }
        Some(Planted {
            kind,
            text: article.text.clone(),
            place: holder.person.0..holder.person.1,
            whose: Some(holder.name.clone()),
            rows: Some(rows),
            about: format!("{} {} {}", holder.body_text, holder.title_text, holder.name),
        })
    }

    /// Everybody of an enumeration gets a rank in one body as they stand, and one in a body of their own; then two change places.
    fn order(&self, article: &Article, random: &mut Random) -> Option<Planted> {
        let runs = article.enumerations(&|name| self.known.contains(name));
        let run = random.of(&runs)?;
        let words = |span: &(usize, usize)| article.text[span.0..span.1].to_owned();
        let names: Vec<String> = run.iter().map(words).collect();
        let place: HashMap<&str, usize> =
            names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        // Who stands in another order elsewhere in the article, or twice, has none.
        let fits = |other: &Vec<(usize, usize)>| {
            let ranks: Vec<usize> =
                other.iter().filter_map(|span| place.get(words(span).as_str()).copied()).collect();
            ranks.is_sorted()
        };
        if place.len() < names.len() || !runs.iter().all(fits) {
            return None;
        }
        let mut rows = self.roster.to_vec();
        for (at, name) in names.iter().enumerate() {
            let row = |body: String, rank| Row {
                name: name.clone(),
                body,
                title: "委员".into(),
                rank: Some(rank),
                from: "2000".into(),
                to: String::new(),
            };
            rows.push(row("云泽市老区建设促进会".into(), at + 1));
            rows.push(row(format!("云泽市第{}届评审组", at + 1), names.len() - at));
        }
        let at = random.below(run.len() - 1);
        let (one, other) = (run[at], run[at + 1]);
        let (text, _) = replaced(&article.text, other, &names[at]);
        let (text, _) = replaced(&text, one, &names[at + 1]);
        Some(Planted {
            kind: Kind::Order,
            text,
            place: one.0..other.1,
            whose: None,
            rows: Some(rows),
            about: format!("{} {}", names[at], names[at + 1]),
        })
    }

    /// One of several mentions of a body with another character, by sound or by shape; where it stands once, in a sentence more.
    fn body_variant(&self, article: &Article, random: &mut Random) -> Option<Planted> {
        let long: Vec<&String> = article
            .bodies
            .iter()
            .filter(|body| body.chars().count() >= 5 && body.chars().all(char::is_alphabetic))
            .collect();
        let body = random.of(&long).copied()?;
        let sound = random.below(2) == 0;
        let other = |c, random: &mut Random| match sound {
            true => self.unihan.homophone(c, random),
            false => self.unihan.lookalike(c, random),
        };
        let variant = changed(body, random, other)?;
        let about = format!("{body} → {variant}");
        let spans: Vec<(usize, usize)> =
            article.text.match_indices(body.as_str()).map(|(at, body)| (at, at + body.len())).collect();
        if spans.len() < 2 {
            let more = format!("{variant}有关负责人参加活动。");
            return Some(Planted { about, ..appended(Kind::BodyVariant, &article.text, &more) });
        }
        let (text, place) = replaced(&article.text, *random.of(&spans[1..])?, &variant);
        Some(Planted { kind: Kind::BodyVariant, text, place, whose: None, rows: None, about })
    }
}

/// The day an article is checked on.
pub fn day(article: &Article) -> Option<Date> {
    article.date.parse().ok()
}

fn replaced(text: &str, (start, end): (usize, usize), with: &str) -> (String, Range<usize>) {
    (format!("{}{with}{}", &text[..start], &text[end..]), start..start + with.len())
}

fn appended(kind: Kind, text: &str, more: &str) -> Planted {
    let whole = format!("{text}\n\n{more}");
    Planted {
        kind,
        place: text.len()..whole.len(),
        text: whole,
        whose: None,
        rows: None,
        about: more.to_owned(),
    }
}

/// The principal's title of a deputy's, and the other way; only where a title is one post.
fn contrary(title: &str) -> Option<String> {
    const HEADS: [&str; 19] = [
        "市长",
        "省长",
        "县长",
        "区长",
        "局长",
        "厅长",
        "部长",
        "院长",
        "校长",
        "主任",
        "书记",
        "主席",
        "会长",
        "司长",
        "处长",
        "台长",
        "总理",
        "委员长",
        "行长",
    ];
    if let Some(principal) = title.strip_prefix('副') {
        return HEADS.contains(&principal).then(|| principal.to_owned());
    }
    HEADS.contains(&title).then(|| format!("副{title}"))
}

/// Another body of the same division, or of the state.
fn elsewhere(body: &str, random: &mut Random) -> Option<String> {
    const BUREAUS: [&str; 8] =
        ["教育局", "公安局", "财政局", "水利局", "审计局", "统计局", "文化局", "民政局"];
    const MINISTRIES: [&str; 14] = [
        "外交部",
        "教育部",
        "科技部",
        "公安部",
        "民政部",
        "司法部",
        "财政部",
        "自然资源部",
        "生态环境部",
        "交通运输部",
        "水利部",
        "农业农村部",
        "商务部",
        "应急管理部",
    ];
    const PROVINCIAL: [&str; 6] = ["委", "政府", "人大常委会", "政协", "教育厅", "公安厅"];
    let other = |all: &[&str], own: &str, random: &mut Random| {
        let others: Vec<&str> = all.iter().copied().filter(|other| *other != own).collect();
        random.of(&others).map(|other| (*other).to_owned())
    };
    if MINISTRIES.contains(&body) {
        return other(&MINISTRIES, body, random);
    }
    let end = body.char_indices().skip(1).find(|(_, c)| matches!(c, '省' | '市' | '县' | '区'))?;
    let (division, office) = body.split_at(end.0 + end.1.len_utf8());
    let all: &[&str] = match () {
        () if office.ends_with('局') => &BUREAUS,
        () if PROVINCIAL[..4].contains(&office) => &PROVINCIAL[..4],
        () if office.ends_with('厅') => &PROVINCIAL[4..],
        () => return None,
    };
    Some(format!("{division}{}", other(all, office, random)?))
}
