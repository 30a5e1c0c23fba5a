"""Encryption under a ring of keys outside the database, and look-up of what is encrypted by keyed tags.

`fields` is for models; `cipher` has `blind_index` and `blind_indexes`; `places` names what lies in others' models.
Nothing is imported here: the settings read `env_file` before Django starts.
"""
