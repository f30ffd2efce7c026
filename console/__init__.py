"""The console: pages of a served cloud for people, at `/` of `rootswap serve` (extra `console`).

Made with NiceGUI: Vue and Quasar from its wheel, so it works offline, and one web socket by which
the pages live. It asks the cloud as the logged-in user alone (`simulator.serve.visits.Visitor`), by
commands of the API; what may be offered it asks for by a dry run of the same rows.
"""
