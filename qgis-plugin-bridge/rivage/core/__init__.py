"""What the plugin knows without QGIS and without Qt: nouns of the service, texts, states."""
