//! The workload `json` against a model: the specification for a tree, without regard to speed.

use std::fmt::Write as _;

use crossover_core::Workspace;
use crossover_core::json::{Options, Totals, transform};
use proptest::prelude::*;

/// A document as it is written; an object may have duplicates.
#[derive(Clone, Debug)]
enum Node {
    Null,
    Bool(bool),
    Integer(i32),
    String(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Writes a string with every character as itself or, if `escaped`, as escape sequences.
fn write_string(text: &str, escaped: bool, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            _ if escaped => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04X}").expect("strings grow");
                }
            }
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\0'..' ' => write!(out, "\\u{:04x}", u32::from(character)).expect("strings grow"),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Writes a document: canonically, or with white space and needless escapes.
fn write_node(node: &Node, canonical: bool, out: &mut String) {
    let space = if canonical { "" } else { " \n" };
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Integer(value) => {
            write!(out, "{value}{}", if canonical { "" } else { ".0" }).expect("strings grow");
        }
        Node::String(text) => write_string(text, !canonical, out),
        Node::Array(elements) => {
            out.push('[');
            for (i, element) in elements.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                out.push_str(space);
                write_node(element, canonical, out);
                out.push_str(space);
            }
            out.push(']');
        }
        Node::Object(members) => {
            out.push('{');
            for (i, (name, value)) in members.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                write_string(name, !canonical && i % 2 == 1, out);
                out.push_str(space);
                out.push(':');
                out.push_str(space);
                write_node(value, canonical, out);
            }
            out.push('}');
        }
    }
}

/// Sets a member of an object as ECMAScript does.
fn put(object: &mut Vec<(String, Node)>, name: String, value: Node) {
    match object.iter_mut().find(|(known, _)| *known == name) {
        Some(member) => member.1 = value,
        None => object.push((name, value)),
    }
}

/// Orders an object's members as ECMAScript does.
fn order(mut object: Vec<(String, Node)>) -> Vec<(String, Node)> {
    object.sort_by_key(|(name, _)| {
        let index = name.parse().unwrap_or(u32::MAX);
        if index.to_string() == *name {
            index
        } else {
            u32::MAX
        }
    });
    object
}

/// What `JSON.parse` makes of a document.
fn parsed(node: &Node) -> Node {
    match node {
        Node::Array(elements) => Node::Array(elements.iter().map(parsed).collect()),
        Node::Object(members) => {
            let mut object = Vec::new();
            for (name, value) in members {
                put(&mut object, name.clone(), parsed(value));
            }
            Node::Object(order(object))
        }
        scalar => scalar.clone(),
    }
}

fn transformed(node: &Node, options: &Options) -> Node {
    match node {
        Node::Array(elements) => Node::Array(
            elements
                .iter()
                .map(|element| transformed(element, options))
                .collect(),
        ),
        Node::Object(members) => {
            let mut object = Vec::new();
            for (name, value) in members {
                if options.drop.contains(name) || (options.drop_nulls && matches!(value, Node::Null)) {
                    continue;
                }
                let value = match value {
                    Node::String(_) if options.redact.contains(name) => {
                        Node::String(options.redact_with.clone())
                    }
                    value => transformed(value, options),
                };
                put(
                    &mut object,
                    options.rename.get(name).unwrap_or(name).clone(),
                    value,
                );
            }
            if let Some(totals) = &options.totals
                && let Some(Node::Array(elements)) = member(members, &totals.array)
            {
                let total = elements
                    .iter()
                    .filter_map(|element| product(element, totals))
                    .sum();
                put(&mut object, totals.into.clone(), Node::Integer(total));
            }
            Node::Object(order(object))
        }
        scalar => scalar.clone(),
    }
}

fn member<'a>(members: &'a [(String, Node)], name: &str) -> Option<&'a Node> {
    members
        .iter()
        .find(|member| member.0 == name)
        .map(|member| &member.1)
}

fn product(element: &Node, totals: &Totals) -> Option<i32> {
    let Node::Object(members) = element else {
        return None;
    };
    match (member(members, &totals.left)?, member(members, &totals.right)?) {
        (Node::Integer(left), Node::Integer(right)) => Some(left * right),
        _ => None,
    }
}

/// Few names, so that they often meet, in the document and in the options.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "a",
        "b",
        "c",
        "items",
        "0",
        "7",
        "10",
        "07",
        "",
        "é\n",
        "4294967295",
    ])
    .prop_map(String::from)
}

fn node() -> impl Strategy<Value = Node> {
    let scalar = prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Bool),
        (-999..999).prop_map(Node::Integer),
        "[a-z\"\\\\\n\u{1}é😀/]{0,12}".prop_map(Node::String),
    ];
    scalar.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::Array),
            prop::collection::vec((name(), inner), 0..8).prop_map(Node::Object),
        ]
    })
}

fn options() -> impl Strategy<Value = Options> {
    let names = || prop::collection::vec(name(), 0..3);
    let totals = (name(), name(), name(), name()).prop_map(|(array, left, right, into)| Totals {
        array,
        left,
        right,
        into,
    });
    (
        names(),
        prop::collection::hash_map(name(), name(), 0..4),
        names(),
        any::<bool>(),
        prop::option::of(totals),
    )
        .prop_map(|(drop, rename, redact, drop_nulls, totals)| Options {
            drop,
            rename,
            redact,
            drop_nulls,
            totals,
            ..Options::default()
        })
}

fn run(input: &[u8], options: &Options) -> Result<Vec<u8>, String> {
    let mut output = Vec::new();
    transform(input, options, &Workspace::new(), &mut output).map_err(|error| error.message().to_owned())?;
    Ok(output)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_output_is_that_of_the_model(node in node(), options in options(), canonical: bool) {
        let mut input = String::new();
        write_node(&node, canonical, &mut input);
        let mut expected = String::new();
        write_node(&transformed(&parsed(&node), &options), true, &mut expected);
        let output = run(input.as_bytes(), &options).expect("the input is valid");
        prop_assert_eq!(String::from_utf8(output).expect("the output is UTF-8"), expected);
    }

    /// The text before the byte at fault can be continued, or is even complete; with the byte it can't.
    #[test]
    fn the_byte_at_fault_is_the_first_that_can_not_continue(
        node in node(),
        options in options(),
        place: prop::sample::Index,
        byte in prop::sample::select(br#"{}[]",:\tfn-0.1e u"#.to_vec()),
    ) {
        let mut input = String::new();
        write_node(&node, true, &mut input);
        let mut input = input.into_bytes();
        let place = place.index(input.len());
        input[place] = byte;
        let Err(message) = run(&input, &options) else { return Ok(()) };
        let Some(offset) = message.strip_prefix("the input is not valid JSON at byte ") else { return Ok(()) };
        let offset: usize = offset.parse().expect("an offset");
        let text = std::str::from_utf8(&input).expect("else the error is another one");
        let after = (offset + 1..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        prop_assert_eq!(run(&input[..after], &options), Err(message));
        if let Err(before) = run(&input[..offset], &options) {
            prop_assert_eq!(before, format!("the JSON text ends early, at byte {offset}"));
        }
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(input: Vec<u8>, options in options()) {
        if let Ok(output) = run(&input, &options) {
            prop_assert!(std::str::from_utf8(&output).is_ok());
        }
    }
}
