use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The hosts that requests may name. A page of another site can make its own name lead to this machine (DNS
/// rebinding), but not change the name that the browser then sends.
#[derive(Debug)]
pub(super) struct Hosts {
    /// Whether any address of the machine will do: where it listens on all of them.
    any_address: bool,
    addresses: Vec<IpAddr>,
    names: Vec<String>,
}

impl Hosts {
    /// This machine's own, the one that is served on, and those that are `allowed` too.
    pub(super) fn new(served: &str, allowed: &[String]) -> Self {
        let mut hosts = Self {
            any_address: false,
            addresses: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            names: vec!["localhost".to_owned()],
        };
        for host in allowed.iter().map(String::as_str).chain([served]) {
            match address(host) {
                Some(address) if address.is_unspecified() => hosts.any_address = true,
                Some(address) => hosts.addresses.push(address),
                None => hosts.names.push(host.to_ascii_lowercase()),
            }
        }
        hosts
    }

    /// Whether a request may name `host`, with a port or without (RFC 9110, 7.2).
    pub(super) fn allow(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => {
                name
            }
            _ => host,
        };
        match address(name) {
            Some(address) => self.any_address || self.addresses.contains(&address),
            None => self.names.contains(&name.to_ascii_lowercase()),
        }
    }

    /// Whether the page that asks is of this site, as its browser says (`Origin`): `http://127.0.0.1:1111`.
    pub(super) fn allow_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.allow(host))
    }
}

fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let hosts = Hosts::new("127.0.0.1", &[]);
        for host in ["127.0.0.1", "127.0.0.1:1111", "localhost:8080", "LocalHost", "[::1]:1111", "[::1]"] {
            assert!(hosts.allow(host), "{host}");
        }
        for host in [
            "",
            ":1111",
            "evil.example",
            "evil.example:1111",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.0.7:1111",
            "127.0.0.1@evil.example",
            "[::1",
            "0.0.0.0:1111",
            "localhost:x",
        ] {
            assert!(!hosts.allow(host), "{host}");
        }
    }

    #[test]
    fn whoever_listens_everywhere_is_asked_by_address_or_by_an_allowed_name() {
        let hosts = Hosts::new("0.0.0.0", &["Desk.local".to_owned()]);
        for host in ["192.168.0.7:1111", "[fe80::1]:1111", "desk.local:1111", "127.0.0.1", "localhost"] {
            assert!(hosts.allow(host), "{host}");
        }
        assert!(!hosts.allow("evil.example"));
    }

    #[test]
    fn the_host_that_is_served_on_is_answered() {
        assert!(Hosts::new("192.168.0.7", &[]).allow("192.168.0.7:1111"));
        assert!(Hosts::new("desk.local", &[]).allow("desk.local:1111"));
        assert!(!Hosts::new("192.168.0.7", &[]).allow("192.168.0.8:1111"));
    }

    #[test]
    fn an_origin_is_a_page_of_this_machine() {
        let hosts = Hosts::new("127.0.0.1", &[]);
        assert!(hosts.allow_origin("http://127.0.0.1:1111"));
        for origin in ["null", "https://evil.example", "http://evil.example", "127.0.0.1"] {
            assert!(!hosts.allow_origin(origin), "{origin}");
        }
    }
}
