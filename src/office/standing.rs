//! Which offices are public.
//!
//! A title is read from its end: its head says what the office is (书记, 局长, 会长). Some
//! heads are public whatever the body, some never are, and some are as public as the body
//! they belong to, which is read from the words of the title before the head, the words
//! directly before the title, and the body that the text names there, in this order.
//!
//! Public are the posts of party, government, people's congress, CPPCC, court,
//! procuratorate, supervision, military, mass organisations, village and community
//! committees, Party posts in any body, legislators, foreign states and the organisations
//! of states. Not public are management and profession: schools, hospitals, companies,
//! trade associations, media, research, and the rank and file of any body.

use crate::article::Rule;

/// What the head of a title says about its office.
#[derive(Clone, Copy)]
enum Head {
    Public,
    Private,
    /// As public as its body, else as given.
    OfBody(Else),
}

/// What a head that depends on its body means where no body is known.
#[derive(Clone, Copy)]
enum Else {
    Public,
    Private,
    /// What the offices named before it in the sentence are: a 秘书长 among presidents of a
    /// chamber of commerce is the chamber's. Alone it is public.
    Neighbours,
}

/// Whether the office of a title is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The title alone decides.
    ByTitle(bool),
    /// The body decides, or a head whose body is not told.
    ByBody(bool),
    /// As its neighbours, else public.
    Open,
}

/// What is found of a title, and by which word of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    pub(super) standing: Standing,
    pub(super) rule: Rule,
    pub(super) word: &'static str,
}

/// Heads of public offices.
#[rustfmt::skip]
const PUBLIC: &[&str] = &[
    // Party posts, in any body
    "书记", "常委", "政治局委员", "党组成员", "党组副书记", "党委委员", "党委常委", "党工委委员", "党支部委员",
    "党总支委员", "村支书", "支书", "主委", "大代表", "党代表",
    // heads of state and of government, at every level
    "总统", "总理", "首相", "国家主席", "国务委员", "国务卿", "委员长", "国王", "女王", "国家元首", "天皇", "皇帝",
    "太皇", "苏丹", "埃米尔", "王储", "大公", "省长", "州长", "市长", "县长", "区长", "旗长", "镇长", "乡长",
    "盟长", "村长", "村主任", "行政长官", "特首", "总督", "外长", "防长", "财长", "大臣", "厅长", "司长",
    "署长", "专员", "国务秘书", "政务官",
    // legislators and advisers
    "议长", "议员", "参议员", "众议员", "人大代表", "政协委员", "党鞭", "参事",
    // courts, procuratorates, audit
    "检察长", "检察官", "法官", "审判长", "庭长", "审计长",
    // forces and police
    "司令员", "司令", "政委", "政治委员", "参谋长", "军长", "师长", "旅长", "营长", "连长", "指挥官", "舰长",
    "艇长", "将军", "元帅", "大将", "上将", "中将", "少将", "准将", "大校", "上校", "中校", "总队长", "支队长",
    "大队长", "中队长", "教导员", "指导员", "警长", "探长",
    // abroad
    "大使", "公使", "总领事", "领事", "参赞", "特使", "武官", "贸易代表", "谈判代表", "高级代表",
    // without a name of their own
    "新闻秘书", "官员", "市领导", "省领导", "县领导", "区领导", "州领导", "镇领导", "党魁",
];

/// Heads of management and profession, and of the rank and file.
#[rustfmt::skip]
const PRIVATE: &[&str] = &[
    // media
    "记者", "通讯员", "编辑", "总编", "主编", "编译", "主持人", "主播", "评论员", "摄影", "摄影师", "作者",
    "社长", "台长", "主任记者", "主任编辑",
    // science and teaching
    "教授", "讲师", "导师", "院士", "博士", "研究员", "分析师", "科学家", "学者", "专家", "顾问", "园长",
    "教师", "老师", "班主任", "辅导员",
    // medicine
    "医生", "医师", "护士", "护士长", "护师", "药师", "村医", "主任医师", "主任护师", "主任药师", "科主任",
    // sport and arts
    "教练", "主帅", "领队", "裁判", "运动员", "队员", "球员", "选手", "导演", "演员", "歌手", "作家", "诗人",
    "画家", "艺术家", "传承人", "经纪人",
    // business
    "董事长", "董事", "监事", "监事长", "经理", "总经理", "执行官", "运营官", "财务官", "CEO", "CFO",
    "CTO", "COO", "副总", "总", "厂长", "矿长", "店长", "老板", "创始人", "合伙人", "股东", "法定代表人",
    "董事会主席", "董事局主席", "监事会主席", "带头人", "公关", "律师", "工程师", "设计师", "建筑师", "会计师",
    "经济师", "车间主任", "列车长", "船长", "机长",
    // associations
    "理事", "首席代表", "学生代表", "教师代表", "员工代表", "职工代表", "村民代表", "居民代表", "企业代表", "家属代表",
    "群众代表", "青年代表", "行业代表", "方代表", "家长代表", "市民代表", "业主代表", "农民代表", "商户代表", "用户代表",
    "媒体代表", "专家代表", "校友代表", "与会代表", "参会代表",
    // court and church without office
    "爵士", "公主", "王子", "王妃", "教宗", "主教", "牧师", "神父", "法师", "方丈", "住持", "阿訇", "活佛",
    "起义领袖", "宗教领袖", "精神领袖",
    // the rank and file
    "书记员", "民警", "交警", "警官", "警员", "辅警", "战士", "班长", "工人", "职工", "员工", "干部",
    "工作人员", "志愿者", "网格员", "护林员", "讲解员", "技术员", "调解员", "扶贫队员", "科员", "办事员", "干事",
];

/// Heads that are as public as their body, else public.
#[rustfmt::skip]
const OF_BODY_ELSE_PUBLIC: &[&str] = &[
    "主席", "主席团成员", "部长", "局长", "代表", "团长", "发言人", "领袖", "领导人", "领导", "负责同志", "指挥长",
    "总指挥", "总干事", "巡视员", "调研员", "督察", "督察长", "警司", "总长",
];

/// Heads that are as public as their body, else not.
#[rustfmt::skip]
const OF_BODY_ELSE_PRIVATE: &[&str] = &[
    "院长", "校长", "所长", "站长", "馆长", "队长", "会长", "理事长", "行长", "总裁", "段长", "负责人", "成员",
    "秘书", "助理", "总监", "主管", "总工程师", "总会计师", "总经济师", "总规划师", "召集人", "总编辑",
];

/// Heads that are as public as their body, else as the offices around them.
#[rustfmt::skip]
const OF_BODY_ELSE_NEIGHBOURS: &[&str] = &[
    "秘书长", "主任", "主任委员", "委员", "组长", "处长", "科长", "股长",
];

/// Offices to whose holder an aide, and what stands behind it in a title, belongs.
#[rustfmt::skip]
const HOLDERS: &[&str] = &[
    "市长", "省长", "部长", "县长", "局长", "总统", "总理", "首相", "国务卿",
];

/// Words that make a body a firm or an association wherever they stand in its name.
#[rustfmt::skip]
const TRADE: &[&str] = &[
    "公司", "集团", "企业", "合作社", "事务所", "俱乐部", "酒店", "饭店", "车间", "商场", "超市", "工厂",
    "有限", "股份",
];

/// Bodies of states whose names hold or end with a word of the trade: let no other table
/// see them.
#[rustfmt::skip]
const STATE: &[&str] = &[
    "妇女联合会", "残疾人联合会", "工商业联合会", "文学艺术界联合会", "社会科学界联合会", "归国华侨联合会", "科学技术协会",
    "新闻工作者协会", "稳定理事会", "安全理事会", "安理会", "人民银行", "中央银行", "世界银行", "开发银行", "基础设施投资银行",
    "国际清算银行", "合作与发展组织", "经合组织", "上海合作组织", "上合组织", "世界卫生组织", "世卫组织", "世界贸易组织", "世贸组织", "货币基金组织", "行政学院", "社会主义学院", "党校", "疾控中心", "疾病预防控制中心", "事务中心", "工业和信息化", "保险监督",
    "证券监督", "银行监督", "生产建设兵团", "联合国", "议联", "国家监狱",
];

/// Words that make a body an association, whatever it ends with.
#[rustfmt::skip]
const ASSOCIATION: &[&str] = &[
    "奥委会", "奥林匹克", "冬奥会", "组委会", "董事会", "理事会", "协会", "商会", "学会", "促进会", "联谊会",
    "基金会", "研究会",
];

/// How the bodies of states and parties end.
#[rustfmt::skip]
const STATE_END: &[&str] = &[
    // party
    "委员会", "党委", "省委", "市委", "县委", "区委", "州委", "旗委", "工委", "军委", "纪委", "监委", "政法委",
    "党组", "总支", "支部", "中央", "中共", "政治局", "书记处", "党", "民革", "民盟", "民建", "民进",
    "九三学社", "台盟",
    // state
    "政府", "国务院", "人大", "人民代表大会", "常委会", "政协", "协商会议", "法院", "法庭", "检察院", "局", "厅",
    "署", "卫健委", "卫生健康委", "发改委", "发展改革委", "国资委", "教委", "住建委", "网信办", "编办",
    "人民政府办公室", "管委会", "街道", "街道办", "办事处", "派出所", "司法所", "看守所", "监狱", "公安", "央行",
    "指挥部", "领导小组", "工作组", "督导组", "督察组", "巡视组", "巡察组", "指导组", "检查组", "专班", "工作队",
    "机关", "居委会", "村委会", "村委", "省", "市", "县", "区", "州", "乡", "镇", "村", "旗",
    // forces and police
    "军区", "战区", "部队", "军", "舰队", "司令部", "参谋部", "支队", "总队", "大队", "人武部",
    // mass organisations
    "总工会", "工会", "共青团", "团委", "妇联", "工商联", "残联", "文联", "社科联", "侨联", "台联", "科协",
    "记协", "贸促会", "红十字会", "关工委",
    // abroad
    "议会", "国会", "参议院", "众议院", "参院", "众院", "杜马", "内阁", "白宫", "使馆", "领事馆", "领馆",
    "代表团", "组织", "大会", "欧盟", "北约", "东盟", "非盟", "联大", "发展会议",
];

/// Words of school, medicine, research, media, finance and of what a firm is divided into.
#[rustfmt::skip]
const PROFESSION: &[&str] = &[
    "大学", "学院", "学校", "中学", "小学", "高中", "职高", "幼儿园", "附中", "附小", "研究生院", "医院",
    "卫生院", "卫生室", "诊所", "医学", "内科", "外科", "儿科", "妇科", "产科", "骨科", "眼科", "急诊", "护理",
    "重症", "麻醉", "科室", "研究所", "研究院", "研究中心", "实验室", "科学院", "工程院", "天文台", "智库",
    "联合会", "银行", "支行", "分行", "信用社", "保险", "证券", "报社", "日报", "晚报", "杂志社", "电视台",
    "电台", "出版社", "通讯社", "剧院", "剧团", "艺术团", "乐团", "球队", "足协", "项目部", "信息中心", "教育中心",
    "培训中心", "留学中心", "工业", "设计部", "销售", "市场部", "编辑部",
];

/// How a part of a body ends that is public unless the body is not.
#[rustfmt::skip]
const PART_END: &[&str] = &[
    "部", "处", "办", "办公室", "委", "司", "组", "队", "会", "室",
];

/// How a body ends that is likely none of the state's.
#[rustfmt::skip]
const SERVICE_END: &[&str] = &[
    "中心", "院", "所", "站", "馆", "台", "社", "厂", "矿", "店", "行", "园", "校", "科", "网",
    "报",
];

/// Ranks between the words of a title and its head.
#[rustfmt::skip]
const RANKS: &[&str] = &[
    "常务", "副", "名誉", "荣誉", "第一", "首席", "代理", "执行", "候任", "专职", "兼职", "高级", "助理",
    "总", "代", "原", "前",
];

/// Words before a title that say when it was held.
#[rustfmt::skip]
const WHEN: &[&str] = &[
    "原", "前", "时任", "现任", "新任", "首任", "前任", "候任", "挂职",
];

/// Whether the office a title names is public.
///
/// `title` is the title as read, `before` the words between the body and the title that no
/// span covers, `body` the name of the body.
pub(super) fn standing(title: &str, before: &str, body: &str) -> Ruling {
    let mut found: Option<Ruling> = None;
    for part in title.split(['、', ',', '兼', '暨', '/']) {
        let part = part.split('(').next().unwrap_or(part);
        let ruling = standing_of_part(part, before, body);
        // One public office makes an official; else what is certain beats what is not.
        match (ruling.standing, found.map(|found| found.standing)) {
            (Standing::ByTitle(true) | Standing::ByBody(true), _) => return ruling,
            (_, None) | (Standing::ByTitle(_), Some(Standing::Open)) => found = Some(ruling),
            _ => {}
        }
    }
    found.unwrap_or(NO_TITLE)
}

/// Of words that no table knows.
const NO_TITLE: Ruling = Ruling { standing: Standing::ByTitle(false), rule: Rule::Assumed, word: "" };

fn standing_of_part(part: &str, before: &str, body: &str) -> Ruling {
    let Some((word, head, words)) = head(part) else {
        return NO_TITLE;
    };
    let ruling = |standing, rule| Ruling { standing, rule, word };
    let otherwise = match head {
        Head::Public => return ruling(Standing::ByTitle(true), Rule::Title),
        Head::Private => return ruling(Standing::ByTitle(false), Rule::Title),
        Head::OfBody(otherwise) => otherwise,
    };
    let verdicts = [words, before, body].map(verdict);
    let known = || verdicts.iter().flatten();
    match (known().find(|verdict| verdict.certain).or_else(|| known().next()), otherwise) {
        (Some(Verdict { public, word, .. }), _) => {
            Ruling { standing: Standing::ByBody(*public), rule: Rule::Body, word }
        }
        (_, Else::Public) => ruling(Standing::ByTitle(true), Rule::Assumed),
        (_, Else::Private) => ruling(Standing::ByBody(false), Rule::Assumed),
        (_, Else::Neighbours) => ruling(Standing::Open, Rule::Assumed),
    }
}

/// Whether words end as a title does.
pub(super) fn is_title(words: &str) -> bool {
    head(words).is_some()
}

/// True for titles of management and profession, and of the rank and file, by their head.
pub(crate) fn is_private(title: &str) -> bool {
    matches!(head(title), Some((_, Head::Private, _)))
}

/// What a title ends with that says which office it is: 市长 of 常务副市长.
pub(crate) fn head_of(title: &str) -> Option<&'static str> {
    head(title).map(|(word, ..)| word)
}

/// The words of a title before its head and the rank, if it has a head: 市政协 of 市政协副主席.
pub(crate) fn before_head(part: &str) -> Option<&str> {
    head(part).map(|(_, _, words)| words)
}

/// The longest head that a title ends with, and the words before it.
fn head(part: &str) -> Option<(&'static str, Head, &str)> {
    let tables = [
        (PUBLIC, Head::Public),
        (PRIVATE, Head::Private),
        (OF_BODY_ELSE_PUBLIC, Head::OfBody(Else::Public)),
        (OF_BODY_ELSE_PRIVATE, Head::OfBody(Else::Private)),
        (OF_BODY_ELSE_NEIGHBOURS, Head::OfBody(Else::Neighbours)),
    ];
    let (word, head) = tables
        .iter()
        .flat_map(|(words, head)| words.iter().map(move |word| (*word, *head)))
        .filter(|(word, _)| part.ends_with(word))
        .max_by_key(|(word, _)| word.len())?;
    Some((word, head, strip_rank(&part[..part.len() - word.len()])))
}

/// What is left of the words before a head without 原, 副, 常务 and their like.
fn strip_rank(mut words: &str) -> &str {
    while let Some(rest) = RANKS.iter().find_map(|rank| words.strip_suffix(rank)) {
        words = rest;
    }
    while let Some(rest) = WHEN.iter().find_map(|when| words.strip_prefix(when)) {
        words = rest;
    }
    words
}

/// What the name of a body says about its offices.
#[derive(Clone, Copy)]
struct Verdict {
    public: bool,
    certain: bool,
    word: &'static str,
}

/// What a body's name says; `None` where it says nothing.
fn verdict(name: &str) -> Option<Verdict> {
    if name.is_empty() {
        return None;
    }
    let ends = |words: &[&'static str]| words.iter().copied().find(|word| name.ends_with(word));
    let holds = |words: &[&'static str]| words.iter().copied().find(|word| name.contains(word));
    let verdict = |public, certain| move |word| Verdict { public, certain, word };
    (holds(HOLDERS).map(verdict(true, true)))
        .or_else(|| holds(TRADE).map(verdict(false, true)))
        .or_else(|| holds(STATE).map(verdict(true, true)))
        .or_else(|| holds(ASSOCIATION).map(verdict(false, true)))
        .or_else(|| ends(STATE_END).map(verdict(true, true)))
        .or_else(|| holds(PROFESSION).map(verdict(false, true)))
        // 民政局社会救助科, which is no ward.
        .or_else(|| ends(&["科"]).filter(|_| name.contains(['局', '厅'])).map(verdict(true, false)))
        .or_else(|| ends(PART_END).map(verdict(true, false)))
        .or_else(|| ends(SERVICE_END).map(verdict(false, false)))
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::{Standing, standing};

    fn is_public(title: &str, before: &str, body: &str) -> bool {
        let ruling = standing(&read(title), before, body);
        !matches!(ruling.standing, Standing::ByTitle(false) | Standing::ByBody(false))
    }

    #[test]
    fn offices_of_party_and_state_are_public() {
        for (title, before, body) in [
            ("市委常委、常务副市长", "", ""),
            ("党委书记、董事长", "", "某某集团有限公司"),
            ("党总支书记", "", "某某市第三中学"),
            ("主任", "", "某某村村委会"),
            ("主席", "市总工会", ""),
            ("局长", "区公安分局", ""),
            ("副主席", "", "某某省政协"),
            ("院长", "", "某某市中级人民法院"),
            ("所长", "", "某某县公安局城关派出所"),
            ("全国人大代表", "", ""),
            ("国务委员兼外交部长", "", ""),
            ("總統", "", ""),
            ("行长", "", "中国人民银行"),
            ("市长助理", "", ""),
            ("统战部部长", "", "某某市委"),
            ("总干事", "", "世界卫生组织"),
            ("科长", "", "市民政局社会救助科"),
        ] {
            assert!(is_public(title, before, body), "{before}{body} {title}");
        }
    }

    #[test]
    fn management_and_profession_are_not() {
        for (title, before, body) in [
            ("记者", "", "某某日报"),
            ("董事会主席", "", ""),
            ("主席", "", "某某集团"),
            ("主任", "", "某某市人民医院护理部"),
            ("院长", "", "某某大学法学院"),
            ("处长", "", "某某大学人事处"),
            ("副会长兼秘书长", "", "某某市企业家商会"),
            ("人事部部长", "", "某某集团"),
            ("副巡视员", "", "中国农业银行某某省分行"),
            ("所长", "", "某某大学微电子所"),
            ("队长", "", "某某足球俱乐部"),
            ("书记员", "", "某某县检察院"),
            ("行长", "", "某某农商银行"),
            ("校长(院长)", "", ""),
            ("民警", "", "某某市公安局"),
            ("第三方代表", "", ""),
            ("新生儿内科主任", "", ""),
            ("主任医师", "", "某某市卫健委"),
        ] {
            assert!(!is_public(title, before, body), "{before}{body} {title}");
        }
    }
}
