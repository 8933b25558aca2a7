"""Makes the *.ttf.zst files of this folder: subsets of four OFL families from npm.

    npm install --prefix W @expo-google-fonts/{inter@0.4.2,noto-sans-kr@0.4.3,noto-sans-sc@0.4.3,noto-sans-arabic@0.4.3}
    python3 -m venv W/v && W/v/bin/pip install fonttools==4.68.0 zstandard==0.25.0
    W/v/bin/python build.py W/node_modules/@expo-google-fonts .

Kept: Latin, Greek and Cyrillic with kerning and equally wide digits (Inter); all 11,172 Hangul syllables (Noto Sans KR);
the Han characters of GB 2312, Big5 level 1, KS X 1001 and JIS X 0208 with kana (Noto Sans SC); the whole of Noto Sans
Arabic with its shaping tables. Hinting is dropped: figures are drawn as outlines.
"""
import io
import sys

import zstandard
from fontTools import subset
from fontTools.ttLib import TTFont


def span(*pairs):
    return {c for low, high in pairs for c in range(low, high + 1)}


def encoded(codec, leads, trails):
    out = set()
    for lead in leads:
        for trail in trails:
            try:
                out.update(ord(c) for c in bytes([lead, trail]).decode(codec))
            except UnicodeDecodeError:
                pass
    return out


def han():
    cells = range(0xA1, 0xFF)
    chars = encoded("gb2312", cells, cells) | encoded("euc_kr", range(0xCA, 0xFE), cells) | encoded("euc_jp", cells, cells)
    chars |= encoded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
    return {c for c in chars if 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF}


LATIN = span((0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
             (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x218F),
             (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x27BF), (0xFFFD, 0xFFFD))
# Spaces are in every font, since a space keeps the font of the text before it.
SPACES = span((0x20, 0x20), (0xA0, 0xA0), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x2060))
HANGUL = SPACES | span((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))
EAST = SPACES | han() | span((0x3000, 0x30FF), (0x3105, 0x312F), (0x3200, 0x33FF), (0xFF00, 0xFFEF))


def even_digits(font):
    """Points the ten digits at their tabular forms, so that the numbers of an axis line up."""
    gsub, cmap = font["GSUB"].table, font.getBestCmap()
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    table = getattr(table, "ExtSubTable", table)
                    swap.update(table.mapping)
    for table in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            if code in table.cmap:
                table.cmap[code] = swap.get(table.cmap[code], table.cmap[code])


def build(source, target, chars, features, tabular=False):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG"]
    font = subset.load_font(source, options)
    if tabular:
        even_digits(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars if chars else font.getBestCmap())
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # the same bytes from every run
    font.recalcTimestamp = False
    buffer = io.BytesIO()
    font.save(buffer)
    packed = zstandard.ZstdCompressor(level=22).compress(buffer.getvalue())
    with open(target, "wb") as file:
        file.write(packed)
    print(f"{target}: {len(font.getGlyphOrder())} glyphs, {buffer.tell()} bytes, {len(packed)} packed")


def main(fonts, out):
    build(f"{fonts}/inter/400Regular/Inter_400Regular.ttf", f"{out}/latin.ttf.zst", LATIN, ["kern", "mark", "mkmk", "ccmp"], True)
    build(f"{fonts}/inter/600SemiBold/Inter_600SemiBold.ttf", f"{out}/latin-bold.ttf.zst", LATIN, ["kern", "mark", "mkmk", "ccmp"], True)
    build(f"{fonts}/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf", f"{out}/hangul.ttf.zst", HANGUL, ["ccmp", "ljmo", "vjmo", "tjmo"])
    build(f"{fonts}/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", f"{out}/han.ttf.zst", EAST, [])
    build(f"{fonts}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf", f"{out}/arabic.ttf.zst", None, ["*"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
