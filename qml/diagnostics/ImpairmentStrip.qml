// Above every page while the own sending is made worse on purpose, so that nobody takes it for the
// network.
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Strip {
  id: root

  required property DiagnosticsPresenter diagnostics

  radius: 0
  glyph: "warning"
  mark: Theme.caution
  color: Theme.cautionSoft
  title: qsTr("Test: a bad connection is being simulated")
  advice: root.diagnostics.impairmentText
  PushButton {
    text: qsTr("Back to normal")
    onClicked: root.diagnostics.stopImpairing()
  }
}
