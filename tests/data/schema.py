"""Validates JSON files against a JSON Schema: schema.py SCHEMA FILE…

Prints what does not fit, a line each, and exits with status 1 where anything does not. The schema that is published allows
fields that it does not describe, as fields may be added; here each has to be described, so that none is added without.
"""

import json
import sys

from jsonschema import Draft202012Validator, FormatChecker


def closed(schema):
    """The schema without room for fields that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(part) for name, part in schema.items()}
    # A property may itself be called "properties": only a schema of objects is meant.
    if schema.get("type") == "object" and "properties" in schema:
        made["additionalProperties"] = False
    return made


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def undescribed(schema, place="#"):
    """Where the schema names a field without saying what it is."""
    if isinstance(schema, list):
        return [fault for at, part in enumerate(schema) for fault in undescribed(part, f"{place}/{at}")]
    if not isinstance(schema, dict):
        return []
    faults = []
    if schema.get("type") == "object" and "properties" in schema:
        for name, part in schema["properties"].items():
            if "description" not in part and "$ref" not in part:
                faults.append(f"{place}/properties/{name}: no description")
    return faults + [fault for name, part in schema.items() for fault in undescribed(part, f"{place}/{name}")]


def main(schema_path, *paths):
    schema = read(schema_path)
    Draft202012Validator.check_schema(schema)
    faults = [f"{schema_path}: {fault}" for fault in undescribed(schema)]
    # Without a checker for a format it would be passed over in silence.
    checker = FormatChecker(formats=["date"])
    validator = Draft202012Validator(closed(schema), format_checker=checker)
    for path in paths:
        for error in validator.iter_errors(read(path)):
            where = "/".join(str(part) for part in error.absolute_path)
            faults.append(f"{path}: {where or 'the whole'}: {error.validator}: {error.message[:300]}")
    print("\n".join(faults) if faults else f"{len(paths)} valid")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
