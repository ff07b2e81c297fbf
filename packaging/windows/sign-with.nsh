; "Sign with One-Shot Signature Station" in the menu of PDF files, and `oneshot:` links, for every account of the
; computer: electron-builder registers links on other systems only. The program that opens PDF files is not touched: a
; verb stands beside it (SystemFileAssociations), where a file type of our own would take its place. Files that are
; chosen together come one by one; the station keeps them together.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\oneshot" "" "URL:${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\oneshot" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\oneshot\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\.pdf\shell\OneShotSign" "" "Sign with ${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\.pdf\shell\OneShotSign" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\.pdf\shell\OneShotSign" "MultiSelectModel" "Player"
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\.pdf\shell\OneShotSign\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\oneshot"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\SystemFileAssociations\.pdf\shell\OneShotSign"
!macroend
