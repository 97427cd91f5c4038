"""Settings for `jupyter nbconvert --config <this file> chapters/01_perceptron.ipynb`."""

from nnbook.slides.export import configuration

c = get_config()  # noqa: F821  # type: ignore[name-defined]
c.merge(configuration())
