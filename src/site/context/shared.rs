//! Dates and parties stand in every claim, event and answer; most of them are written once and shared.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{DateView, Dated, PartyView};

impl Serialize for DateView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(shared) = &self.shared {
            return shared.serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("DateView", 4)?;
        fields.serialize_field("text", &self.text)?;
        fields.serialize_field("edtf", &self.edtf)?;
        fields.serialize_field("datetime", &self.datetime)?;
        fields.serialize_field("url", &self.url)?;
        fields.end()
    }
}

impl Serialize for PartyView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(shared) = &self.shared {
            return shared.serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("PartyView", 6)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("url", &self.url)?;
        fields.serialize_field("unnamed", &self.unnamed)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("role", &self.role)?;
        fields.serialize_field("type", &self.entity_type)?;
        fields.end()
    }
}
