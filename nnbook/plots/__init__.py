"""Pictures: arrays and histories in, figures out; `show` puts one into the notebook."""

from nnbook.plots.backward import error_at_z, error_travels
from nnbook.plots.bending import matrix_and_eigenvalues, touching_parabolas
from nnbook.plots.beyond import (
    by_count,
    code_maps,
    contest,
    picture_rows,
    signals,
    unrolled,
)
from nnbook.plots.bookmap import chapter_map
from nnbook.plots.circuits import gates_from_nand, half_adder, neurons
from nnbook.plots.confusion import confusion_matrix
from nnbook.plots.convnet import feature_maps, ladder, layer_blocks
from nnbook.plots.convolution import edge_maps, patch_matrix, pooling, receptive_field
from nnbook.plots.curve import curve_pair, curves, draw_curves
from nnbook.plots.digits import digit_grid
from nnbook.plots.evidence import step_picture, weighing
from nnbook.plots.functions import bent_fits, lines_through, three_steps, units
from nnbook.plots.gradients import (
    by_depth,
    cures,
    factor_histogram,
    layer_curves,
    layer_norms,
    layer_profiles,
    neuron_bars,
)
from nnbook.plots.history import learning_curves, run_dots
from nnbook.plots.listing import listing, source
from nnbook.plots.milestones import timeline
from nnbook.plots.networks import layer_shapes, network
from nnbook.plots.perceptron import (
    decision_line,
    decision_lines,
    hidden_space,
    learning_steps,
    mistakes_everywhere,
    truth_tables,
)
from nnbook.plots.pixels import label_counts, pixel_values
from nnbook.plots.primer import chain_rule, exp_and_log, gaussian, gradient_field, slope
from nnbook.plots.regularization import (
    by_size,
    four_curves,
    polynomial_fits,
    several_seeds,
    thinned_networks,
    two_bells,
    weight_histograms,
)
from nnbook.plots.search import best_bands, importances, parallel_coordinates, search_slices
from nnbook.plots.shares import share_panels, slope_matrix, softmax_steps
from nnbook.plots.show import show
from nnbook.plots.slowdown import sigmoid_walk, valleys
from nnbook.plots.source_map import source_map
from nnbook.plots.starts import ends
from nnbook.plots.style import COLOURS, figure, tidy
from nnbook.plots.surface import surfaces
from nnbook.plots.traced import paths, traced
from nnbook.plots.tuning import (
    against_seconds,
    grid_and_random,
    schedule_courses,
    stopping_marks,
)
from nnbook.plots.valley import descents, landscape
from nnbook.plots.weights import weight_pictures
from nnbook.plots.wiring import wired_sum

__all__ = [
    "COLOURS",
    "against_seconds",
    "bent_fits",
    "best_bands",
    "by_count",
    "by_depth",
    "by_size",
    "chain_rule",
    "chapter_map",
    "code_maps",
    "confusion_matrix",
    "contest",
    "cures",
    "curve_pair",
    "curves",
    "decision_line",
    "decision_lines",
    "descents",
    "digit_grid",
    "draw_curves",
    "edge_maps",
    "ends",
    "error_at_z",
    "error_travels",
    "exp_and_log",
    "factor_histogram",
    "feature_maps",
    "figure",
    "four_curves",
    "gates_from_nand",
    "gaussian",
    "gradient_field",
    "grid_and_random",
    "half_adder",
    "hidden_space",
    "importances",
    "label_counts",
    "ladder",
    "landscape",
    "layer_blocks",
    "layer_curves",
    "layer_norms",
    "layer_profiles",
    "layer_shapes",
    "learning_curves",
    "learning_steps",
    "lines_through",
    "listing",
    "matrix_and_eigenvalues",
    "mistakes_everywhere",
    "network",
    "neuron_bars",
    "neurons",
    "parallel_coordinates",
    "patch_matrix",
    "paths",
    "picture_rows",
    "pixel_values",
    "polynomial_fits",
    "pooling",
    "receptive_field",
    "run_dots",
    "schedule_courses",
    "search_slices",
    "several_seeds",
    "share_panels",
    "show",
    "sigmoid_walk",
    "signals",
    "slope",
    "slope_matrix",
    "softmax_steps",
    "source",
    "source_map",
    "step_picture",
    "stopping_marks",
    "surfaces",
    "thinned_networks",
    "three_steps",
    "tidy",
    "timeline",
    "touching_parabolas",
    "traced",
    "truth_tables",
    "two_bells",
    "units",
    "unrolled",
    "valleys",
    "weighing",
    "weight_histograms",
    "weight_pictures",
    "wired_sum",
]
