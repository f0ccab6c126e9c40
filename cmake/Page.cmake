# The page's script and style as a C source.  The script is bundled from web/ with the pinned packages of
# web/package-lock.json; without node, or when the packages cannot be had, the page has no pictures but says the same.
find_program(DETENTE_NODE NAMES node)
find_program(DETENTE_NPM NAMES npm)
if(DETENTE_NODE AND DETENTE_NPM)
    set(page_default ON)
else()
    set(page_default OFF)
endif()
option(DETENTE_PAGE "Bundle the pictures of the report (needs node and npm)" ${page_default})

set(page_source ${CMAKE_BINARY_DIR}/generated/page_assets.c)
set(page_style ${CMAKE_SOURCE_DIR}/web/src/page.css)
set(page_script ${CMAKE_BINARY_DIR}/generated/page.js)
set(page_inputs ${page_style} ${CMAKE_SOURCE_DIR}/tools/embed_page.py)
set(page_bundle)
if(DETENTE_PAGE)
    file(GLOB page_modules CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/*.ts)
    list(APPEND page_inputs ${page_modules} ${CMAKE_SOURCE_DIR}/web/build.mjs ${CMAKE_SOURCE_DIR}/web/package-lock.json
         ${CMAKE_SOURCE_DIR}/tools/bundle_page.sh)
    set(page_bundle COMMAND ${CMAKE_SOURCE_DIR}/tools/bundle_page.sh ${CMAKE_SOURCE_DIR}/web ${page_script})
endif()
add_custom_command(
    OUTPUT ${page_source}
    ${page_bundle}
    COMMAND ${DETENTE_PYTHON} ${CMAKE_SOURCE_DIR}/tools/embed_page.py --style ${page_style} --output ${page_source}
            "$<$<BOOL:${DETENTE_PAGE}>:--script;${page_script}>"
    DEPENDS ${page_inputs}
    COMMENT "Script and style of the page"
    VERBATIM COMMAND_EXPAND_LISTS)
dt_layer(page_assets LINKS layer_base layer_model SOURCES ${page_source})
