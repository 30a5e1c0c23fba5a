"""An example second user of agreements, as a patient contract will be: a patient and two units, lines that
bind only some of them, and every text encrypted in the database. It proves that the law, services and
models are generic."""
