use chrono::NaiveDate;

use super::address::{encode, is_pchar};

/// The tag URI (RFC 4151) `tag:AUTHORITY:SPECIFIC`. Of `specific`, what may not stand there is percent-encoded;
/// `#` too, which would begin a fragment.
pub fn tag_uri(authority: &str, specific: &str) -> String {
    format!("tag:{authority}:{}", encode(specific, |byte| is_pchar(byte) || b"/?".contains(&byte)))
}

/// Whether `authority` can stand in a tag URI (RFC 4151, section 2.1): a fully qualified domain or an e-mail
/// address, a comma, and a day (a month's or a year's first, where shorter) on which the desk held it.
///
/// # Errors
///
/// What is wrong, as a diagnostic says it.
pub fn is_authority(authority: &str) -> Result<(), String> {
    let Some((name, date)) = authority.split_once(',') else {
        return Err(format!("`{authority}` lacks a comma and a date after the name"));
    };
    match name.split_once('@') {
        Some((mailbox, domain)) => check_mailbox(mailbox).and_then(|()| check_domain(domain))?,
        None => check_domain(name)?,
    }
    if is_date(date) {
        Ok(())
    } else {
        Err(format!("`{date}` is not a date as `2025`, `2025-05` or `2025-05-13`"))
    }
}

fn check_mailbox(mailbox: &str) -> Result<(), String> {
    if mailbox.is_empty() {
        return Err("the e-mail address has nothing before its `@`".into());
    }
    match mailbox.chars().find(|&c| !c.is_ascii_alphanumeric() && !"-._".contains(c)) {
        Some(c) => Err(format!("`{c}` cannot stand in the e-mail address of a tag URI")),
        None => Ok(()),
    }
}

fn check_domain(domain: &str) -> Result<(), String> {
    if domain.is_empty() {
        return Err("the domain is missing".into());
    }
    if !domain.is_ascii() {
        return Err(format!("`{domain}` is not in the ASCII form of a domain, which begins with `xn--`"));
    }
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if domain.len() > 253 || !domain.split('.').all(label_ok) {
        return Err(format!("`{domain}` is not a domain"));
    }
    if !domain.contains('.') {
        return Err(format!("`{domain}` is not a whole domain, so others may have the same"));
    }
    Ok(())
}

fn is_date(date: &str) -> bool {
    let number = |text: &str, digits: usize| {
        let well_formed = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if well_formed { text.parse::<u32>().ok() } else { None }
    };
    let mut parts = date.split('-');
    let year = parts.next().and_then(|year| number(year, 4));
    // RFC 4151: a month without a day is its first day, a year without a month its first month.
    let month = parts.next().map_or(Some(1), |month| number(month, 2));
    let day = parts.next().map_or(Some(1), |day| number(day, 2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_uri_names_authority_and_thing() {
        assert_eq!(
            tag_uri("desk.example,2025", "briefings/2025-05-15"),
            "tag:desk.example,2025:briefings/2025-05-15"
        );
    }

    #[test]
    fn what_a_tag_uri_cannot_hold_is_encoded() {
        assert_eq!(
            tag_uri("desk.example,2025", "2025-05-10 aid#a?b%حم"),
            "tag:desk.example,2025:2025-05-10%20aid%23a?b%25%D8%AD%D9%85"
        );
    }

    #[test]
    fn a_domain_or_an_address_with_a_date_is_an_authority() {
        for authority in [
            "desk.example,2025",
            "desk.example,2025-05",
            "desk.example,2024-02-29",
            "news.Desk-1.example,2025-05-13",
            "xn--mgbh0fb.example,2025",
            "first_last.x-y@desk.example,2025",
        ] {
            assert_eq!(is_authority(authority), Ok(()), "{authority}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_authority_is_said() {
        for (authority, message) in [
            ("", "`` lacks a comma and a date after the name"),
            ("desk.example", "`desk.example` lacks a comma and a date after the name"),
            (",2025", "the domain is missing"),
            ("@desk.example,2025", "the e-mail address has nothing before its `@`"),
            ("a+b@desk.example,2025", "`+` cannot stand in the e-mail address of a tag URI"),
            ("a@b@desk.example,2025", "`b@desk.example` is not a domain"),
            ("desk@,2025", "the domain is missing"),
            (
                "مثال.example,2025",
                "`مثال.example` is not in the ASCII form of a domain, which begins with `xn--`",
            ),
            ("https://desk.example/,2025", "`https://desk.example/` is not a domain"),
            ("desk..example,2025", "`desk..example` is not a domain"),
            ("-desk.example,2025", "`-desk.example` is not a domain"),
            ("desk,2025", "`desk` is not a whole domain, so others may have the same"),
            ("desk.example,", "`` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example,25", "`25` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example,2025-5", "`2025-5` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example,2025-13", "`2025-13` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example,2025-02-29", "`2025-02-29` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example,2025-05-13-", "`2025-05-13-` is not a date as `2025`, `2025-05` or `2025-05-13`"),
            ("desk.example, 2025", "` 2025` is not a date as `2025`, `2025-05` or `2025-05-13`"),
        ] {
            assert_eq!(is_authority(authority), Err(message.to_owned()), "{authority}");
        }
    }
}
