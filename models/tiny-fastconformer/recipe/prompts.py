"""Language prompt indices, as in the dictionary of NVIDIA's Nemotron 3.5 ASR."""

PROMPT_INDEX = {"en-US": 0, "es-ES": 2, "zh-CN": 4, "fr-FR": 8, "de-DE": 9, "it-IT": 15}
AUTO_PROMPT = 101
