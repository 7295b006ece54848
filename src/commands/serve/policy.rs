//! What a Content-Security-Policy must let through so that a page can follow changes.

/// `policy` as a page needs it here: the script at `script` may run and connect to `events`, which is already so where
/// the policy lets the site's own scripts run and connect, as that of a build does. Nothing else is added. `here` is
/// not reached by `https`, so that nothing is upgraded.
pub(super) fn fitted(policy: &str, script: &str, events: &str) -> String {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|directive| directive.split_ascii_whitespace().collect::<Vec<_>>())
        .filter(|words| {
            words.first().is_some_and(|name| !name.eq_ignore_ascii_case("upgrade-insecure-requests"))
        })
        .collect();
    admit(&mut directives, &["script-src-elem", "script-src", "default-src"], script);
    admit(&mut directives, &["connect-src", "default-src"], events);
    directives.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("; ")
}

/// Lets `address` through the first of the directives `names` that there is; the last is the one that speaks for all
/// that are missing.
fn admit<'a>(directives: &mut Vec<Vec<&'a str>>, names: &[&'a str], address: &'a str) {
    let find = |name: &&str| directives.iter().position(|words| words[0].eq_ignore_ascii_case(name));
    let Some((rank, place)) = names.iter().enumerate().find_map(|(rank, name)| Some((rank, find(name)?)))
    else {
        return;
    };
    let sources = &directives[place][1..];
    if sources.iter().any(|source| source.eq_ignore_ascii_case("'self'") || *source == "*") {
        return;
    }
    let mut admitting: Vec<&str> =
        sources.iter().filter(|source| !source.eq_ignore_ascii_case("'none'")).copied().collect();
    admitting.push(address);
    if rank + 1 == names.len() {
        // What else it speaks for stays as it is.
        admitting.insert(0, names[rank - 1]);
        directives.push(admitting);
    } else {
        directives[place].truncate(1);
        directives[place].extend(admitting);
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    fn here(policy: &str) -> String {
        fitted(policy, "SCRIPT", "EVENTS")
    }

    #[test]
    fn a_policy_that_lets_the_site_s_own_scripts_run_stays_as_it_is() {
        let policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
        assert_eq!(here(policy), policy);
        assert_eq!(here("default-src 'self'"), "default-src 'self'");
        assert_eq!(here("img-src 'none'"), "img-src 'none'");
    }

    #[test]
    fn a_policy_that_forbids_scripts_lets_ours_alone_run() {
        assert_eq!(here("script-src 'none'; connect-src 'none'"), "script-src SCRIPT; connect-src EVENTS");
        assert_eq!(
            here("default-src 'none'; img-src 'self'"),
            "default-src 'none'; img-src 'self'; script-src SCRIPT; connect-src EVENTS"
        );
        assert_eq!(
            here("default-src https://cdn.example; script-src https://x.example"),
            "default-src https://cdn.example; script-src https://x.example SCRIPT; \
             connect-src https://cdn.example EVENTS"
        );
    }

    #[test]
    fn nothing_is_asked_for_by_https_where_there_is_none() {
        assert_eq!(here("default-src 'self'; upgrade-insecure-requests;"), "default-src 'self'");
    }
}
