//! The roster that articles are checked against: full bodies, days, several rows for most people, and people besides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::article::{Article, Holder};
use super::random::Random;
use super::unihan::Unihan;

/// A row of a roster.
#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    pub body: String,
    pub title: String,
    pub rank: Option<usize>,
    pub from: String,
    pub to: String,
}

pub fn csv(rows: &[Row]) -> String {
    let mut list = "name,body,title,rank,from,to\n".to_owned();
    for Row { name, body, title, rank, from, to } in rows {
        let rank = rank.map(|rank| rank.to_string()).unwrap_or_default();
        list += &format!("{name},{body},{title},{rank},{from},{to}\n");
    }
    list
}

/// A name that a list could have.
pub fn is_full(name: &str) -> bool {
    (2..=4).contains(&name.chars().count())
        && !name.contains(['·', '某', '，', ','])
        && !name.ends_with(['姓', '某'])
}

/// Whether one person at a time holds this office.
fn is_single(title: &str) -> bool {
    const HEADS: [&str; 14] = [
        "部长",
        "主任",
        "局长",
        "省长",
        "市长",
        "县长",
        "区长",
        "书记",
        "主席",
        "委员长",
        "总理",
        "院长",
        "检察长",
        "行长",
    ];
    HEADS.contains(&title)
}

/// The full names of bodies, as official lists have them.
pub struct Bodies {
    central: HashMap<String, String>,
}

impl Bodies {
    /// From lines of a kind, a full name and short forms.
    pub fn new(table: &str) -> Self {
        let mut central = HashMap::new();
        for line in table.lines().skip(1) {
            let mut columns = line.split('\t').skip(1);
            let Some(full) = columns.next() else { continue };
            for short in columns.flat_map(|all| all.split(' ')) {
                central.insert(short.to_owned(), full.to_owned());
            }
            central.insert(full.to_owned(), full.to_owned());
        }
        Bodies { central }
    }

    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.central.keys()
    }

    /// 云泽市 is 云泽市人民政府 and 云泽市委 is 中国共产党云泽市委员会.
    fn full(&self, body: &str, title: &str) -> String {
        if let Some(full) = self.central.get(body) {
            return full.clone();
        }
        if let Some(place) = body.strip_suffix('委').filter(|place| place.ends_with(['省', '市', '县', '区']))
        {
            return format!("中国共产党{place}委员会");
        }
        if let Some(place) = body.strip_suffix("政府").filter(|place| !place.ends_with("人民")) {
            return format!("{place}人民政府");
        }
        let heads = ["省长", "市长", "县长", "区长"];
        if body.ends_with(['省', '市', '县', '区']) && heads.iter().any(|head| title.ends_with(head)) {
            return format!("{body}人民政府");
        }
        body.to_owned()
    }
}

/// When an office was seen, first and last.
type Seen<'a> = BTreeMap<(String, String, String), (&'a str, &'a str)>;

/// Everybody of whom an article says an office, from the day that follows from who held it before to the day that follows
/// from who holds it after; most with an office that was over long before; and a third as many again whose names are one
/// character away and who hold something else: whoever is doubted for a name alone is doubted wrongly.
pub fn rows(articles: &[Article], bodies: &Bodies, unihan: &Unihan, random: &mut Random) -> Vec<Row> {
    let mut seen: Seen<'_> = BTreeMap::new();
    for article in articles {
        for Holder { name, body_text, title_text, .. } in &article.people {
            let plain = |text: &str| !text.contains([',', '"', '\n']);
            let (title, over) =
                (title_text.trim_start_matches(['原', '前']), title_text.starts_with(['原', '前']));
            // Of which party a centre is, is said before it: 农工党中央.
            let told =
                plain(title_text) && plain(body_text) && !["中央", "党中央"].contains(&body_text.as_str());
            if is_full(name) && told && !title.is_empty() && !over {
                let key = (bodies.full(body_text, title), title.to_owned(), name.clone());
                let date = article.date.as_str();
                let days = seen.entry(key).or_insert((date, date));
                *days = (days.0.min(date), days.1.max(date));
            }
        }
    }
    let mut rows = Vec::new();
    for ((body, title, name), (first, last)) in &seen {
        let rivals = || {
            let same = |((other, also, who), _): &(&(String, String, String), &(&str, &str))| {
                is_single(title) && other == body && also == title && who != name
            };
            seen.iter().filter(same).map(|(_, days)| *days)
        };
        let before = rivals().map(|(_, last)| last).filter(|last| last < first).max();
        let after = rivals().map(|(first, _)| first).filter(|first| first > last).min();
        let year: usize = first[..4].parse().unwrap_or(2020);
        let from = before.map_or(format!("{}-03", year - 10), str::to_owned);
        // When it ended nobody has said; it was not after its next holder had come.
        let to = after.map_or(String::new(), str::to_owned);
        let (name, body, title) = (name.clone(), body.clone(), title.clone());
        rows.push(Row { name, body, title, rank: None, from, to });
    }
    let known = rows.clone();
    let names: BTreeSet<&str> = known.iter().map(|row| row.name.as_str()).collect();
    for (count, row) in known.iter().enumerate() {
        let other = random.of(&known).expect("at least itself");
        let apart = other.title != row.title
            && known.iter().all(|own| own.name != row.name || own.body != other.body);
        if !apart {
            continue;
        }
        if count % 3 != 0 {
            let (from, to) = ("2003-03".to_owned(), "2008-01".to_owned());
            rows.push(Row { name: row.name.clone(), from, to, ..other.clone() });
        } else if let Some(near) = changed(&row.name, random, |c, random| unihan.homophone(c, random))
            && !names.contains(near.as_str())
        {
            rows.push(Row { name: near, ..other.clone() });
        }
    }
    rows
}

/// A name of which one character, not the first, is another one.
pub fn changed(
    name: &str,
    random: &mut Random,
    other: impl Fn(char, &mut Random) -> Option<char>,
) -> Option<String> {
    let mut chars: Vec<char> = name.chars().collect();
    let at = 1 + random.below(chars.len() - 1);
    chars[at] = other(chars[at], random)?;
    Some(chars.into_iter().collect())
}
