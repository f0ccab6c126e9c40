# The message catalogue, generated from po/ and the message ids in the sources.  The build fails while a translation
# is missing, unless DETENTE_ALLOW_UNTRANSLATED.
file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.c ${CMAKE_SOURCE_DIR}/src/*.h)
set(po ${CMAKE_SOURCE_DIR}/po/zh-Hant.po)
set(catalogue ${CMAKE_BINARY_DIR}/generated/catalog_zh_hant.c)
set(lenient "$<$<BOOL:${DETENTE_ALLOW_UNTRANSLATED}>:--allow-untranslated>")

add_custom_command(
    OUTPUT ${catalogue}
    COMMAND ${DETENTE_PYTHON} ${CMAKE_SOURCE_DIR}/tools/po2c.py ${lenient} --po ${po}
            --symbol dt__catalog_zh_hant --output ${catalogue}
            --sources ${CMAKE_SOURCE_DIR}/src
    DEPENDS ${po} ${CMAKE_SOURCE_DIR}/tools/po2c.py ${sources}
    COMMENT "Message catalogue"
    VERBATIM COMMAND_EXPAND_LISTS)
dt_layer(catalogue LINKS layer_base SOURCES ${catalogue})
