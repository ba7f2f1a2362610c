//! Flatbuffers, as far as Arrow's description of a table needs them: tables, vectors and words, each behind what points to it.

/// Something that other things point to.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Fields in the order of their numbers; a missing one has its default.
    Table(Vec<Slot>),
    /// Things that are pointed to one by one.
    Vector(Vec<Node>),
    /// Words in UTF-8.
    Words(String),
}

/// A field of a table.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// A field that has its default.
    Missing,
    /// A number of eight bits, or yes and no.
    Byte(u8),
    /// A number of 16 bits.
    Short(i16),
    /// A number of 32 bits.
    Int(i32),
    /// Something that stands elsewhere.
    To(Node),
}

impl Slot {
    fn size(&self) -> usize {
        match self {
            Self::Missing => 0,
            Self::Byte(_) => 1,
            Self::Short(_) => 2,
            Self::Int(_) | Self::To(_) => 4,
        }
    }
}

/// A buffer with a root table.
pub(super) fn buffer(root: &Node) -> Vec<u8> {
    let mut out = vec![0; 4];
    point(root, 0, &mut out);
    out
}

/// Writes a node and lets the four bytes at a place point to it.
fn point(node: &Node, from: usize, out: &mut Vec<u8>) {
    let at = write(node, out);
    out[from..from + 4].copy_from_slice(&u32_of(at - from));
}

/// Writes a node with all that it points to, and says where it stands.
fn write(node: &Node, out: &mut Vec<u8>) -> usize {
    match node {
        Node::Words(words) => {
            pad(out, 0, 4);
            let at = out.len();
            out.extend(u32_of(words.len()));
            out.extend(words.as_bytes());
            out.push(0);
            at
        }
        Node::Vector(nodes) => {
            pad(out, 0, 4);
            let at = out.len();
            out.extend(u32_of(nodes.len()));
            let first = out.len();
            out.resize(first + 4 * nodes.len(), 0);
            nodes.iter().enumerate().for_each(|(place, node)| point(node, first + 4 * place, out));
            at
        }
        Node::Table(slots) => table(slots, out),
    }
}

/// A table: where its fields stand, then the fields.
fn table(slots: &[Slot], out: &mut Vec<u8>) -> usize {
    let mut places = Vec::new();
    let mut size = 4_usize;
    for slot in slots {
        size = size.next_multiple_of(slot.size().max(1));
        places.push(if slot.size() == 0 { 0 } else { size });
        size += slot.size();
    }
    let of_places = 4 + 2 * slots.len();
    pad(out, of_places, 8);
    for number in [of_places, size].into_iter().chain(places.iter().copied()) {
        out.extend(&u32_of(number)[..2]);
    }
    let at = out.len();
    out.extend(u32_of(of_places));
    out.resize(at + size, 0);
    for (slot, place) in slots.iter().zip(&places) {
        let place = at + place;
        match slot {
            Slot::Missing => {}
            Slot::Byte(value) => out[place] = *value,
            Slot::Short(value) => out[place..place + 2].copy_from_slice(&value.to_le_bytes()),
            Slot::Int(value) => out[place..place + 4].copy_from_slice(&value.to_le_bytes()),
            Slot::To(node) => point(node, place, out),
        }
    }
    at
}

/// Zeros until what follows `more` bytes stands at a multiple of `step`.
fn pad(out: &mut Vec<u8>, more: usize, step: usize) {
    let end = (out.len() + more).next_multiple_of(step);
    out.resize(end - more, 0);
}

/// A length or a distance, which a description of columns keeps far below four billion.
fn u32_of(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
