//! Bodies with their full and short names: central ones, and what follows a place in the name
//! of a local one.

use std::borrow::Cow;
use std::collections::HashMap;

use super::country::{committee, country};

/// Local bodies besides those of the asset, whose words the tagger was trained on.
const MORE_LOCAL: &str = "文化广电旅游体育局\t文广旅体局\n文化旅游体育局\t文旅体局\n自然资源和规划局\t资规局";

/// Full names by any of their forms.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    /// A form that two bodies bear means neither.
    central: HashMap<Box<str>, Option<Box<str>>>,
    /// The same for what follows a place: 妇联 → 妇女联合会.
    local: HashMap<Box<str>, Option<Box<str>>>,
    /// Those a user has added.
    own: HashMap<Box<str>, Box<str>>,
}

impl Bodies {
    /// From lines of a full name and its short forms, parted by tabs.
    pub fn read(central: &str, local: &str) -> Self {
        let mut bodies = Bodies::default();
        for line in central.lines() {
            add(&mut bodies.central, line);
        }
        for line in local.lines().chain(MORE_LOCAL.lines()) {
            add(&mut bodies.local, line);
        }
        bodies
    }

    /// Adds a body by its full name and short forms; it wins over what is known.
    pub fn insert(&mut self, full: &str, forms: impl IntoIterator<Item = Box<str>>) {
        let forms = forms.into_iter().chain([full.into()]);
        self.own.extend(forms.map(|form| (form, full.into())));
    }

    /// The full name of a central body, of a user's, or of one that bears it already.
    pub fn central(&self, name: &str) -> Option<Cow<'_, str>> {
        if let Some(own) = self.own(name) {
            return Some(own.into());
        }
        let known = |name: &str| Some(Cow::from(self.central.get(name)?.as_deref()?));
        // 中共中央统战部 is written for 中央统战部.
        let of_party = || known(name.strip_prefix("中共").filter(|rest| rest.starts_with("中央"))?);
        // 国家广电总局 for 广电总局, where it is one of the country's by its full name.
        let of_state = || known(name.strip_prefix("国家")?).filter(|full| full.starts_with("国家"));
        country(name).map(Cow::from).or_else(|| known(name)).or_else(of_party).or_else(of_state)
    }

    /// The full name of a body that a user has added.
    pub fn own(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(|full| &**full)
    }

    /// The full form of what follows a place: 妇联 → 妇女联合会, 委宣传部 → 委员会宣传部.
    pub fn local(&self, suffix: &str) -> Option<&str> {
        self.local.get(suffix)?.as_deref()
    }

    /// The full name of a place's body: 滨州市 and 妇联 → 滨州市妇女联合会, 委 → 中共滨州市委员会.
    /// A suffix nobody knows stands as it is.
    pub(super) fn of(&self, place: &str, code: u32, suffix: &str) -> String {
        const PARTY: [&str; 3] = ["纪律检查委员会", "直属机关工作委员会", "街道工作委员会"];
        if let Some(committee) = suffix.strip_prefix("人大").and_then(committee) {
            return format!("{place}人民代表大会{committee}");
        }
        match self.local(suffix).unwrap_or(suffix) {
            "政治协商会议委员会" => format!("中国人民政治协商会议{place}委员会"),
            "共产主义青年团委员会" => format!("共青团{place}委员会"),
            "人民政府" if matches!(code, 81 | 82) => format!("{place}政府"),
            "税务局" => format!("国家税务总局{place}税务局"),
            "人民法院" if code < 100 => format!("{place}高级人民法院"),
            "人民法院" if code < 10_000 => format!("{place}中级人民法院"),
            full if PARTY.contains(&full) || full.starts_with("委员会") => format!("中共{place}{full}"),
            full => format!("{place}{full}"),
        }
    }

    /// True when this stands behind a place in some body's name.
    pub fn is_local(&self, suffix: &str) -> bool {
        self.local.contains_key(suffix)
    }
}

fn add(forms: &mut HashMap<Box<str>, Option<Box<str>>>, line: &str) {
    let mut columns = line.split('\t').filter(|column| !column.is_empty());
    let Some(full) = columns.next() else { return };
    // A full name means itself, whoever has it for a short form.
    forms.insert(full.into(), Some(full.into()));
    for short in columns.filter(|short| *short != full) {
        forms
            .entry(short.into())
            .and_modify(|known| {
                if known.as_deref() != Some(full) && known.as_deref() != Some(short) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(full.into()));
    }
}
