"""A drawing becomes an image as MNIST's are: size, place, empty and extreme sheets."""

import numpy as np
import pytest

from nnbook.explore import ink


def sheet(rows: slice, columns: slice, value: int = 255) -> np.ndarray:
    new = np.zeros((280, 280), np.uint8)
    new[rows, columns] = value
    return new


def box(image: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(image)
    return rows.min(), rows.max() + 1, columns.min(), columns.max() + 1


def centre(image: np.ndarray) -> np.ndarray:
    return np.array([(np.indices(image.shape)[k] * image).sum() / image.sum() for k in (0, 1)])


def test_an_empty_sheet_gives_zeros():
    for empty in (ink.drawn([]), np.zeros((5, 9), np.uint8)):
        image = ink.centred(empty)
        assert image.shape == (28, 28) and image.dtype == np.float32 and not image.any()


def test_a_full_sheet_is_a_full_box_in_the_middle():
    image = ink.centred(sheet(slice(None), slice(None)))
    assert box(image) == (4, 24, 4, 24)
    assert (image[4:24, 4:24] == 1).all()


def test_one_pixel_fills_the_box_wherever_it_was():
    for place in (0, 140, 279):
        image = ink.centred(sheet(slice(place, place + 1), slice(place, place + 1)))
        assert box(image) == (4, 24, 4, 24)


def test_proportions_are_kept():
    tall = ink.centred(sheet(slice(10, 250), slice(100, 124)))  # 240 × 24, so 20 × 2
    assert box(tall) == (4, 24, 13, 15)
    wide = ink.centred(sheet(slice(100, 124), slice(10, 250)))
    assert np.array_equal(wide, tall.T)


def test_the_centre_of_mass_is_the_centre():
    ell = sheet(slice(40, 240), slice(60, 90)) + sheet(slice(210, 240), slice(90, 160))
    middle = centre(ink.centred(ell))
    assert np.abs(middle - ink.CENTRE).max() <= 0.5, middle
    boxed = np.mean(np.reshape(box(ink.centred(ell)), (2, 2)), axis=1)
    assert np.abs(boxed - ink.CENTRE).max() > 0.9  # centring the box would be another rule


def test_moving_the_drawing_changes_nothing():
    a = ink.centred(sheet(slice(20, 120), slice(20, 70)))
    b = ink.centred(sheet(slice(150, 250), slice(200, 250)))
    assert np.array_equal(a, b)


def test_a_lopsided_drawing_stays_in_the_field():
    heavy = sheet(slice(0, 40), slice(0, 280)) + sheet(slice(40, 280), slice(139, 140))
    image = ink.centred(heavy)
    assert image.shape == (28, 28) and image.max() <= 1
    assert image.sum() > 20 * 2.5  # the bar is there whole


def test_faint_ink_stays_faint():
    assert ink.centred(sheet(slice(0, 100), slice(0, 100), 51)).max() == pytest.approx(0.2)


def test_a_tap_is_a_round_dot():
    dot = ink.drawn([[[0.5, 0.5]]])
    assert dot[140, 140] == 255
    assert (dot > 0).sum() == pytest.approx(np.pi * (ink.PEN / 2) ** 2, rel=0.1)


def test_strokes_are_lines_of_the_pen_and_may_leave_the_sheet():
    line = ink.drawn([[[0.5, -0.2], [0.5, 1.2]]]) > 0
    assert line.any(axis=1).all()
    assert np.abs(line.sum(axis=1) - ink.PEN).max() <= 2
    assert not ink.drawn([[[3, 3], [4, 4]], []]).any()


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("bad", [np.zeros((28, 28)), np.zeros(784, np.uint8)])
def test_a_wrong_sheet_is_refused(bad):
    with pytest.raises(ValueError, match="sheet must be a grey picture"):
        ink.centred(bad)


def test_built_in_digits_drawn_large_come_back():
    from PIL import Image

    from nnbook import builtin_digits

    for image in builtin_digits().test.images[:20]:
        large = np.asarray(Image.fromarray(image).resize((280, 280), Image.Resampling.NEAREST))
        again = ink.centred(large)
        assert np.corrcoef(again.ravel(), image.ravel())[0, 1] > 0.7
