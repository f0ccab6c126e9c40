# Checks that need no model, of the tree and of the tools that tests stand on; each says what is wrong and where.
function(house_test name)
    add_test(NAME house.${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(house.${name} PROPERTIES LABELS house TIMEOUT 300 SKIP_RETURN_CODE 77)
endfunction()

set(tools ${CMAKE_SOURCE_DIR}/tools)
house_test(layers ${DETENTE_PYTHON} ${tools}/check_layers.py)
house_test(files ${DETENTE_PYTHON} ${tools}/check_files.py)
house_test(headers ${tools}/check_headers.sh)
house_test(symbols ${DETENTE_PYTHON} ${tools}/check_symbols.py $<TARGET_FILE:detente_static> $<TARGET_FILE:detente_shared>)
house_test(catalogue ${DETENTE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/house/test_po2c.py)
house_test(package ${CMAKE_CURRENT_SOURCE_DIR}/package/run.sh ${CMAKE_BINARY_DIR})
house_test(oracle ${DETENTE_PYTHON} -m unittest discover -s ${CMAKE_SOURCE_DIR}/tests/oracle)
