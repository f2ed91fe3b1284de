//! Reading words and what stands between two spans in one form: white space dropped,
//! punctuation half-width, the characters of office words Simplified.

use std::ops::Range;

use crate::text::is_invisible;

/// The most bytes between two spans that can still tie them.
pub(super) const REACH: usize = 360;

/// White space found between two spans, the widest counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// The spans, or the words between them, touch.
    #[default]
    None,
    /// White space within a line.
    Within,
    /// One line break.
    Line,
    /// A blank line, or a line break followed by indentation.
    Paragraph,
}

/// What stands between two spans.
#[derive(Clone, Debug, Default)]
pub(super) struct Between {
    pub(super) space: Space,
    /// The words, white space left out.
    pub(super) words: String,
    /// True when the spans stand too far apart for anything to tie them. `words` is then
    /// only what follows the first and precedes nothing.
    pub(super) far: bool,
}

impl Between {
    /// Reads what lies between two spans.
    pub(crate) fn read(text: &str) -> Self {
        let far = text.len() > REACH;
        // The beginning still says whether the first span ends its clause.
        let seen = if far { &text[..text.floor_char_boundary(24)] } else { text };
        Between { space: widest_space(seen), words: read(seen), far }
    }

    /// True when nothing but white space, and no more of it than `space`, is between.
    pub(super) fn touches(&self, space: Space) -> bool {
        !self.far && self.words.is_empty() && self.space <= space
    }

    /// True when the clause of the span before ends where it ends.
    pub(super) fn ends_clause(&self) -> bool {
        match self.words.chars().next() {
            Some(c) => CLAUSE_END.contains(&c) || self.space >= Space::Line && !self.far,
            None => self.far || self.space >= Space::Line,
        }
    }

    /// True when a sentence ends in between.
    pub(super) fn ends_sentence(&self) -> bool {
        self.far || self.space == Space::Paragraph || self.words.contains(['。', '!', '?', ';'])
    }
}

const CLAUSE_END: &[char] = &[',', '。', ';', '!', '?', '、', ')', '”', '’', '】', '…'];

fn widest_space(text: &str) -> Space {
    let mut widest = Space::None;
    let mut after_line = false;
    for c in text.chars() {
        let found = match c {
            '\r' => continue,
            '\n' | '\u{2028}' if after_line => Space::Paragraph,
            '\u{2029}' => Space::Paragraph,
            '\n' | '\u{2028}' => {
                after_line = true;
                Space::Line
            }
            c if c.is_whitespace() && after_line => Space::Paragraph,
            c if c.is_whitespace() => Space::Within,
            _ => {
                after_line = false;
                continue;
            }
        };
        widest = widest.max(found);
    }
    widest
}

/// The words of a text in the form the tables of this module are written in.
pub(crate) fn read(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).map(fold).collect()
}

/// Where a word stands last in a text as written: in either script, and cut by white space or not.
pub(super) fn last_of(text: &str, word: &str) -> Option<Range<usize>> {
    let mut seen = text.char_indices().rev().filter(|(_, c)| !is_unseen(*c));
    let last = word.chars().next_back()?;
    while let Some((at, c)) = seen.next() {
        if fold(c) != last {
            continue;
        }
        let mut start = at;
        let mut before = seen.clone();
        let fits = word.chars().rev().skip(1).all(|expected| {
            before.next().is_some_and(|(at, c)| {
                start = at;
                fold(c) == expected
            })
        });
        if fits {
            return Some(start..at + c.len_utf8());
        }
    }
    None
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

fn fold(c: char) -> char {
    match c {
        '「' | '『' | '"' => '“',
        '」' | '』' => '”',
        '〔' | '［' | '[' => '(',
        '〕' | '］' | ']' => ')',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => match SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0) {
            Ok(i) => SIMPLIFIED[i].1,
            Err(_) => c,
        },
    }
}

/// Traditional characters that office words and the names of bodies are written with, in
/// order, and what each is in Simplified.
#[rustfmt::skip]
const SIMPLIFIED: &[(char, char)] = &[
    ('個', '个'), ('備', '备'), ('傳', '传'), ('僑', '侨'), ('儲', '储'), ('兒', '儿'), ('內', '内'), ('兩', '两'),
    ('剛', '刚'), ('創', '创'), ('劃', '划'), ('劇', '剧'), ('動', '动'), ('務', '务'), ('區', '区'), ('協', '协'),
    ('參', '参'), ('員', '员'), ('問', '问'), ('國', '国'), ('圖', '图'), ('團', '团'), ('執', '执'), ('報', '报'),
    ('場', '场'), ('婦', '妇'), ('學', '学'), ('實', '实'), ('審', '审'), ('將', '将'), ('專', '专'), ('對', '对'),
    ('導', '导'), ('屆', '届'), ('屬', '属'), ('帥', '帅'), ('師', '师'), ('幫', '帮'), ('幹', '干'), ('廠', '厂'),
    ('廣', '广'), ('廳', '厅'), ('強', '强'), ('後', '后'), ('從', '从'), ('徵', '征'), ('愛', '爱'), ('憲', '宪'),
    ('應', '应'), ('戰', '战'), ('採', '采'), ('擔', '担'), ('據', '据'), ('擬', '拟'), ('時', '时'), ('暫', '暂'),
    ('書', '书'), ('會', '会'), ('條', '条'), ('業', '业'), ('榮', '荣'), ('構', '构'), ('樂', '乐'), ('機', '机'),
    ('檢', '检'), ('權', '权'), ('歐', '欧'), ('歡', '欢'), ('歷', '历'), ('決', '决'), ('準', '准'), ('濟', '济'),
    ('為', '为'), ('營', '营'), ('獄', '狱'), ('獨', '独'), ('現', '现'), ('環', '环'), ('產', '产'), ('畫', '画'),
    ('當', '当'), ('療', '疗'), ('發', '发'), ('監', '监'), ('盧', '卢'), ('眾', '众'), ('礦', '矿'), ('稅', '税'),
    ('種', '种'), ('稱', '称'), ('節', '节'), ('簡', '简'), ('簽', '签'), ('紀', '纪'), ('級', '级'), ('組', '组'),
    ('統', '统'), ('經', '经'), ('網', '网'), ('編', '编'), ('縣', '县'), ('總', '总'), ('績', '绩'), ('織', '织'),
    ('繼', '继'), ('罷', '罢'), ('羅', '罗'), ('義', '义'), ('聞', '闻'), ('聯', '联'), ('聲', '声'), ('職', '职'),
    ('臺', '台'), ('與', '与'), ('舉', '举'), ('艦', '舰'), ('華', '华'), ('薦', '荐'), ('藝', '艺'), ('藥', '药'),
    ('蘇', '苏'), ('處', '处'), ('術', '术'), ('衛', '卫'), ('補', '补'), ('製', '制'), ('見', '见'), ('規', '规'),
    ('視', '视'), ('親', '亲'), ('觀', '观'), ('計', '计'), ('訊', '讯'), ('訓', '训'), ('記', '记'), ('設', '设'),
    ('診', '诊'), ('評', '评'), ('詢', '询'), ('試', '试'), ('詩', '诗'), ('該', '该'), ('誌', '志'), ('認', '认'),
    ('說', '说'), ('課', '课'), ('調', '调'), ('請', '请'), ('論', '论'), ('諮', '咨'), ('謀', '谋'), ('謝', '谢'),
    ('證', '证'), ('議', '议'), ('護', '护'), ('譽', '誉'), ('讓', '让'), ('負', '负'), ('財', '财'), ('責', '责'),
    ('貿', '贸'), ('資', '资'), ('賓', '宾'), ('質', '质'), ('贊', '赞'), ('車', '车'), ('軍', '军'), ('輯', '辑'),
    ('輸', '输'), ('轉', '转'), ('辦', '办'), ('辭', '辞'), ('農', '农'), ('這', '这'), ('連', '连'), ('進', '进'),
    ('運', '运'), ('遞', '递'), ('選', '选'), ('鄉', '乡'), ('鄰', '邻'), ('醫', '医'), ('銀', '银'), ('銷', '销'),
    ('錄', '录'), ('鎮', '镇'), ('鐘', '钟'), ('鐵', '铁'), ('長', '长'), ('門', '门'), ('間', '间'), ('閣', '阁'),
    ('關', '关'), ('陞', '升'), ('陳', '陈'), ('陸', '陆'), ('隊', '队'), ('際', '际'), ('險', '险'), ('隸', '隶'),
    ('電', '电'), ('項', '项'), ('領', '领'), ('額', '额'), ('願', '愿'), ('類', '类'), ('顧', '顾'), ('顯', '显'),
    ('飯', '饭'), ('館', '馆'), ('駐', '驻'), ('駕', '驾'), ('驗', '验'), ('體', '体'), ('麗', '丽'), ('黃', '黄'),
    ('黨', '党'), ('齊', '齐'), ('龍', '龙'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_scripts_pair_up() {
        assert!(SIMPLIFIED.is_sorted_by_key(|pair| pair.0));
        assert_eq!(read("參議員、 領袖（記者）"), "参议员、领袖(记者)");
    }

    #[test]
    fn a_word_is_found_as_it_may_be_written() {
        let found = |text: &'static str, word| last_of(text, word).map(|at| &text[at]);
        assert_eq!(found("免去甲，选举乙", "选举"), Some("选举"));
        assert_eq!(found("選舉甲為", "选举"), Some("選舉"));
        assert_eq!(found("撤　销甲", "撤销"), Some("撤　销"));
        assert_eq!(found("辞去，辞", "辞去"), Some("辞去"));
        assert_eq!((found("任", "任命"), found("", "任命")), (None, None));
    }

    #[test]
    fn white_space_is_ranked() {
        assert_eq!(widest_space("，  "), Space::Within);
        assert_eq!(widest_space("，\r\n张"), Space::Line);
        assert_eq!(widest_space("\n　　"), Space::Paragraph);
        assert_eq!(widest_space("\n\n"), Space::Paragraph);
    }
}
