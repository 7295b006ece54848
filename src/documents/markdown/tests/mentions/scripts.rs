//! Names in many scripts.

use super::{found, linked};

#[test]
fn one_person_and_one_town_have_names_in_several_scripts() {
    let sinwar = ["Sinwar", "السنوار", "סינוואר"];
    found(&sinwar, "⟦Sinwar⟧ said; وقال ⟦السنوار⟧ أمس; אמר ⟦סינוואר⟧ אתמול");
    let khan_younis = ["Khan Younis", "Khan Yunis", "خان يونس"];
    found(&khan_younis, "In ⟦Khan Younis⟧, ⟦Khan Yunis⟧ and ⟦خان يونس⟧.");
    found(&sinwar, "“⟪Sinwar⟫ won”, «⟪السنوار⟫ فاز», ״⟪סינוואר⟫ ניצח״");
}

#[test]
fn latin_names_with_accents_match_in_either_form() {
    found(&["Erdoğan", "São Paulo"], "⟦Erdoğan⟧, ⟦Erdog\u{306}an⟧ in ⟦Sa\u{303}o Paulo⟧, ERDOGAN, ⟦ERDOĞAN⟧");
}

#[test]
fn cyrillic_names_are_words() {
    found(&["Хамас", "Газа"], "⟦Хамас⟧ и ⟦ХАМАС⟧: ⟦Газа⟧, Газы, Хамасом, «⟪Хамас⟫»");
    found(&["Київ"], "⟦Київ⟧ і ⟦Ки\u{456}\u{308}в⟧");
}

#[test]
fn greek_names_lose_their_accents_in_capitals() {
    found(&["Γάζα", "Χαμάς"], "⟦Γάζα⟧, ⟦ΓΑΖΑ⟧, ⟦Χαμάς⟧, ⟦ΧΑΜΑΣ⟧, Γάζας, «⟪Χαμάς⟫»");
}

#[test]
fn georgian_names_have_capitals_only_as_whole_words() {
    found(&["ჰამასი", "ღაზა"], "⟦ჰამასი⟧ და ⟦ᲰᲐᲛᲐᲡᲘ⟧, ⟦ღაზა⟧, ღაზაში, „⟪ჰამასი⟫“");
}

#[test]
fn arabic_names_take_their_prefixes_along() {
    found(&["حماس"], "⟦حماس⟧ ⟦وحماس⟧ ⟦لحماس⟧ ⟦بحماس⟧ ⟦فلحماس⟧ ⟦وبحماس⟧ ⟦كحماس⟧ ⟦حَمَاسُ⟧ ⟦حمـــاس⟧");
    found(&["حماس"], "الحماس حماسة لوحماس بلحماس حماسي");
    found(&["السنوار"], "⟦السنوار⟧ ⟦والسنوار⟧ ⟦للسنوار⟧ ⟦وللسنوار⟧ ⟦بالسنوار⟧ لالسنوارx سنوار");
    found(&["الليل"], "⟦الليل⟧ ⟦لليل⟧");
    found(&["حماس"], "«⟪حماس⟫» و\"⟪حماس⟫\" و“⟪حماس⟫”، ⟦حماس⟧؟");
}

#[test]
fn hebrew_names_take_their_prefixes_along() {
    found(&["חמאס"], "⟦חמאס⟧ ⟦וחמאס⟧ ⟦לחמאס⟧ ⟦שחמאס⟧ ⟦כשחמאס⟧ ⟦ושבחמאס⟧ ⟦בחמאס⟧ ל־⟦חמאס⟧ ב-⟦חמאס⟧");
    found(&["חמאס"], "אחמאס חמאסניק בלחמאס");
    found(&["ישראל"], "⟦יִשְׂרָאֵל⟧ ⟦בישראל⟧ ישראלי");
    found(&["תל אביב", "תל-אביב"], "⟦תל אביב⟧, ⟦תל־אביב⟧, ⟦בתל־אביב⟧");
}

#[test]
fn the_marks_of_hebrew_abbreviations_quote_nothing() {
    found(&["צה\"ל", "חמאס", "צה"], "⟦צה\"ל⟧ ⟦וחמאס⟧ ⟦צה״ל⟧ ⟦לצה”ל⟧ ⟦חמאס⟧");
    found(&["צה\"ל", "חמאס"], "מנכ\"ל ארה\"ב אמר: \"⟪צה\"ל⟫ ניצח את ⟪חמאס⟫\" ו-⟦חמאס⟧");
    found(&["חמאס", "הארץ"], "ב\"הארץ על ⟪חמאס⟫\" נכתב ⟦חמאס⟧");
}

#[test]
fn chinese_names_need_no_space() {
    found(
        &["哈马斯", "加沙"],
        "以色列和⟦哈马斯⟧在⟦加沙⟧交战。“⟪哈马斯⟫”、「⟪加沙⟫」、《⟪加沙⟫》与‘⟪加沙⟫’，⟦加沙⟧",
    );
    found(&["Hamas"], "组织⟦Hamas⟧的");
    found(&["哈马斯"], "他说\"⟪哈马斯⟫\"了，⟦哈马斯⟧");
}

#[test]
fn japanese_names_of_katakana_end_with_their_katakana() {
    found(
        &["ハマス", "ガザ", "ガザ地区"],
        "⟦ハマス⟧は⟦ガザ地区⟧で、ハマスー、スーパーハマス、⟦ガザ⟧の⟦ハマス⟧が「⟪ハマス⟫」と",
    );
    found(&["ガザ"], "ガザン・⟦ガザ⟧・ガザー");
    found(&["イスラエル"], "『⟪イスラエル⟫』と⟦イスラエル⟧");
}

#[test]
fn thai_names_need_no_space_and_split_no_letter() {
    found(&["ฮามาส", "กาซา"], "กลุ่ม⟦ฮามาส⟧ใน⟦กาซา⟧กล่าวว่า “⟪ฮามาส⟫” และ \"⟪กาซา⟫\"");
    found(&["กา"], "กา\u{E49}");
}

#[test]
fn korean_names_take_particles() {
    found(
        &["하마스", "가자"],
        "⟦하마스⟧는 ⟦가자⟧에서, ⟦하마스⟧와 ⟦하마스⟧의 ⟦하마스⟧. 하마스당 신하마스 하마스는데",
    );
    found(&["Hamas"], "⟦Hamas⟧는 Hamas당");
    found(&["하마스"], "\"⟪하마스⟫\"가 ‘⟪하마스⟫’는 ⟦하마스⟧");
}

#[test]
fn names_of_other_scripts_are_words() {
    found(&["हमास"], "⟦हमास⟧ ने कहा, हमासी");
    found(&["Համաս"], "Համասը ⟦Համաս⟧");
}

#[test]
fn the_link_covers_the_prefix_of_a_name_and_not_its_particle() {
    assert_eq!(linked(&["חמאס"], "אמר לחמאס"), "<p>אמר <a href=\"/0/\">לחמאס</a></p>\n");
    assert_eq!(linked(&["السنوار"], "قال للسنوار"), "<p>قال <a href=\"/0/\">للسنوار</a></p>\n");
    assert_eq!(linked(&["하마스"], "하마스는"), "<p><a href=\"/0/\">하마스</a>는</p>\n");
}
