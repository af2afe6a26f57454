// A popup whose name a screen reader is told. Qt names dialogs by their title and popups not at all.
import QtQuick
import QtQuick.Templates as T

T.Popup {
  id: root

  required property string label

  function tell(): void {
    const item = root.contentItem ? root.contentItem.parent : null;
    if (item)
      item.Accessible.name = root.label;
  }

  onLabelChanged: tell()
  onContentItemChanged: tell()
  onAboutToShow: tell()
}
